package io.chronotrack.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/** Signs tokens, and publishes its public keys on a port of this machine. */
final class Issuer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Phaser fetches = new Phaser(1);
  private volatile int status = 200;
  private volatile String published = "";

  Issuer(JWK... keys) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/certs",
        exchange -> {
          // Counted first: whoever has the answer finds it counted.
          fetches.arrive();
          byte[] body = published.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    publish(keys);
    server.start();
  }

  static RSAKey rsaKey(String name) {
    try {
      return new RSAKeyGenerator(2_048).keyID(name).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ecKey(String name) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(name).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A token whose header names the key. */
  static String sign(JWK key, JWTClaimsSet claims) {
    return sign(key, key.getKeyID(), claims);
  }

  /** A token whose header names its key as given, or not at all. */
  static String sign(JWK key, @Nullable String keyId, JWTClaimsSet claims) {
    try {
      boolean ec = key instanceof ECKey;
      JWSSigner signer = ec ? new ECDSASigner(key.toECKey()) : new RSASSASigner(key.toRSAKey());
      var header = new JWSHeader.Builder(ec ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256);
      var token = new SignedJWT(header.keyID(keyId).build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The public half in the form of {@code openssl pkey -pubout}. */
  static String pem(JWK key) {
    try {
      byte[] encoded =
          key instanceof ECKey
              ? key.toECKey().toECPublicKey().getEncoded()
              : key.toRSAKey().toRSAPublicKey().getEncoded();
      return "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
          + "\n-----END PUBLIC KEY-----\n";
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  String location() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/certs";
  }

  /** Publishes the public halves of these keys and no others. */
  void publish(JWK... keys) {
    publish(200, new JWKSet(List.of(keys)).toString(true));
  }

  /** Answers this, whatever it is. */
  void publish(int newStatus, String text) {
    status = newStatus;
    published = text;
  }

  /** How often somebody has fetched the keys. */
  int fetches() {
    return fetches.getPhase();
  }

  /** Waits until the keys have been fetched more often than that. */
  void awaitMoreThan(int seen) {
    for (int phase = fetches.getPhase(); phase <= seen; phase = fetches.awaitAdvance(phase)) {
      // Each round is one fetch.
    }
  }

  /** Answers no more: connections are refused. */
  void leave() {
    server.stop(0);
  }

  @Override
  public void close() {
    leave();
    threads.shutdownNow();
  }
}
