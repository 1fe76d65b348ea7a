package io.chronotrack.authentication;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads public keys in the forms of MicroProfile JWT 2.1 (section "Supported Public Key Formats").
 */
final class PublicKeyText {

  private static final Pattern PEM =
      Pattern.compile(
          "^\\s*-----BEGIN PUBLIC KEY-----(.+)-----END PUBLIC KEY-----\\s*$", Pattern.DOTALL);

  private PublicKeyText() {}

  /**
   * The keys in a text: PEM, JWK, JWK Set, or one of the latter two in base64url.
   *
   * @throws ParseException if it is none of these, or has a key that must not be known here: a
   *     private one or a shared secret. Its message has no part of the text
   */
  static JWKSet parse(String text) throws ParseException {
    Matcher pem = PEM.matcher(text);
    JWKSet keys = pem.matches() ? new JWKSet(ofPem(pem.group(1))) : ofJson(json(text.strip()));
    if (keys.getKeys().stream().anyMatch(JWK::isPrivate)) {
      throw new ParseException("A key is not a public one", 0);
    }
    return keys;
  }

  private static String json(String text) throws ParseException {
    if (text.startsWith("{")) {
      return text;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ParseException("Neither PEM nor JSON nor base64url", 0);
    }
  }

  private static JWKSet ofJson(String json) throws ParseException {
    try {
      Map<String, Object> members = JSONObjectUtils.parse(json);
      return members.containsKey("keys") ? JWKSet.parse(members) : new JWKSet(JWK.parse(members));
    } catch (ParseException | IllegalArgumentException e) {
      // Its message may quote the text.
      throw new ParseException("Not a JWK or JWK Set", 0);
    }
  }

  private static JWK ofPem(String body) throws ParseException {
    try {
      var encoded = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body));
      return ofEncoded(encoded);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ParseException("Not the PEM of an RSA or EC public key", 0);
    }
  }

  private static JWK ofEncoded(X509EncodedKeySpec encoded) throws GeneralSecurityException {
    try {
      var rsa = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(encoded);
      return new RSAKey.Builder(rsa).build();
    } catch (InvalidKeySpecException notRsa) {
      var ec = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(encoded);
      return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
    }
  }
}
