package io.chronotrack.journey;

import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Signs JSON Web Tokens and publishes the key to verify them with, as a company's single sign-on
 * does. Made with nothing but the JDK, so that it shares no mistake with what it is to test.
 */
final class TokenIssuer implements AutoCloseable {

  static final String NAME = "https://sign-on.example.org";
  static final String AUDIENCE = "chronotrack";

  private static final String KEY_ID = "2026-01";

  private final HttpServer server;
  private final KeyPair keys;

  private TokenIssuer(HttpServer server, KeyPair keys) {
    this.server = server;
    this.keys = keys;
  }

  static TokenIssuer start() throws IOException {
    var issuer =
        new TokenIssuer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            newKeys());
    byte[] published = ApiClient.bytes(issuer.publishedKeys().toString());
    issuer.server.createContext(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
          exchange.sendResponseHeaders(200, published.length);
          exchange.getResponseBody().write(published);
          exchange.close();
        });
    issuer.server.start();
    return issuer;
  }

  /** The environment variables that make ChronoTrack accept the tokens. */
  Map<String, String> settings() {
    return Map.of(
        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/keys",
        "MP_JWT_VERIFY_ISSUER",
        NAME,
        "MP_JWT_VERIFY_AUDIENCES",
        AUDIENCE);
  }

  /** What a good token says of somebody: valid for five minutes, in no group, for no project. */
  static JsonObjectBuilder claims(String subject) {
    long now = Instant.now().getEpochSecond();
    return Json.createObjectBuilder()
        .add("iss", NAME)
        .add("aud", AUDIENCE)
        .add("sub", subject)
        .add("iat", now)
        .add("exp", now + 300);
  }

  /** What a good token says of somebody who has a role in a project. */
  static JsonObjectBuilder claims(String subject, String group, String project) {
    return claims(subject)
        .add("groups", Json.createArrayBuilder().add(group))
        .add("projects", Json.createArrayBuilder().add(project));
  }

  /** A token with these claims, signed as it should be. */
  String token(JsonObjectBuilder claims) {
    return token(claims, "RS256");
  }

  /** A token with these claims, signed by RSA with the hash function of this algorithm. */
  String token(JsonObjectBuilder claims, String algorithm) {
    return signed(header(algorithm).build(), claims.build(), keys.getPrivate());
  }

  /** A token with these claims that somebody else has signed, in this one's name. */
  String forged(JsonObjectBuilder claims) {
    return signed(header("RS256").build(), claims.build(), newKeys().getPrivate());
  }

  /** A token with these claims that somebody else has signed, who brings the key to verify it. */
  String forgedWithItsOwnKey(JsonObjectBuilder claims) {
    KeyPair own = newKeys();
    JsonObject header = header("RS256").add("jwk", jwk((RSAPublicKey) own.getPublic())).build();
    return signed(header, claims.build(), own.getPrivate());
  }

  RSAPublicKey publicKey() {
    return (RSAPublicKey) keys.getPublic();
  }

  static JsonObjectBuilder header(String algorithm) {
    return Json.createObjectBuilder().add("alg", algorithm).add("typ", "JWT").add("kid", KEY_ID);
  }

  /** What is signed of a token (RFC 7515, section 5.1). */
  static String signingInput(JsonObject header, JsonObject claims) {
    return base64(ApiClient.bytes(header.toString()))
        + "."
        + base64(ApiClient.bytes(claims.toString()));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private JsonObject publishedKeys() {
    return Json.createObjectBuilder()
        .add("keys", Json.createArrayBuilder().add(jwk(publicKey())))
        .build();
  }

  private static JsonObjectBuilder jwk(RSAPublicKey key) {
    return Json.createObjectBuilder()
        .add("kty", "RSA")
        .add("use", "sig")
        .add("alg", "RS256")
        .add("kid", KEY_ID)
        .add("n", base64(unsigned(key.getModulus())))
        .add("e", base64(unsigned(key.getPublicExponent())));
  }

  /** Without the byte that only says that the number is not negative (RFC 7518, section 2). */
  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static String signed(JsonObject header, JsonObject claims, PrivateKey key) {
    String input = signingInput(header, claims);
    try {
      Signature signature =
          Signature.getInstance("SHA" + header.getString("alg").substring(2) + "withRSA");
      signature.initSign(key);
      signature.update(ApiClient.bytes(input));
      return input + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
