package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.JSON;
import static io.chronotrack.journey.ApiClient.bytes;
import static io.chronotrack.journey.ApiClient.encode;
import static io.chronotrack.journey.ApiClient.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journey on which credentials are used well, badly, and where they do not belong. Afterwards
 * everything that was printed, stored or answered is searched for every one of them.
 */
class SecretsIT {

  private static final String HASH_SECRET = "a-secret-that-nobody-may-ever-see-again";

  private final Set<String> secrets = new LinkedHashSet<>(Set.of(HASH_SECRET));
  private final List<Exchange> exchanges = new ArrayList<>();
  private int numberOfAddresses;

  @Test
  void noSecretIsPrintedOrStoredOrAnswered(@TempDir Path folder) throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (TokenIssuer issuer = TokenIssuer.start();
        var process = ChronoTrackProcess.in(folder).with("AUTH", "on")) {
      process.runToItsEnd("--new-key");
      String administrator = secret(process.output().strip());
      issuer.settings().forEach(process::with);
      process
          .with("ADMIN_KEY", administrator)
          .with("HASH_SECRET", HASH_SECRET)
          .with("LOG_LEVEL", "FINER")
          .with("TRUSTED_PROXIES", "127.0.0.1")
          .withJvmOption("-Djava.io.tmpdir=" + temporary)
          .start();
      journey(process, administrator, issuer);
      assertThat(secrets).hasSizeGreaterThan(20);
      assertThat(exchanges).hasSizeGreaterThan(200);

      assertThatNoSecretIsIn("what was printed", process.output());
      assertThatNoFileHasASecret(folder);
      assertThat(process.stop()).isZero();
      assertThatNoSecretIsIn("what was printed until the end", process.output());
      assertThatNoFileHasASecret(folder);
      for (Exchange exchange : exchanges) {
        assertThatNoSecretIsIn("the answer to " + exchange.method(), answer(exchange));
      }

      assertThat(process.runToItsEnd("--verify-audit")).as(process::output).isZero();
    }
  }

  private void journey(ChronoTrackProcess process, String administrator, TokenIssuer issuer)
      throws IOException {
    ApiClient system = client(process).withKey(administrator);
    ApiClient admin = client(process).withKey(issued(system, "admin").getString("key"));
    long job = admin.createJob("quiet");
    long run = admin.startRun(job);
    admin.fail(run, "disk full");
    admin.all("/audit");
    admin.all("/keys");

    JsonObject rotated = issued(admin, "viewer");
    String rotation = "/keys/" + rotated.getJsonNumber("id") + "/rotate";
    remember(admin.postOnce(rotation, "issued-once", "{\"overlapSeconds\":0}").json());
    // Repeated, and among the answers that may have no secret in them.
    assertThat(
            admin.postOnce(rotation, "issued-once", "{\"overlapSeconds\":0}").json().isNull("key"))
        .isTrue();
    String viewer = "{\"name\":\"repeated\",\"role\":\"viewer\"}";
    remember(admin.postOnce("/keys", "issued-once", viewer).json());
    assertThat(admin.postOnce("/keys", "issued-once", viewer).json().isNull("key")).isTrue();
    JsonObject revoked = issued(admin, "operator");
    admin.delete("/keys/" + revoked.getJsonNumber("id"));

    String token = secret(issuer.token(TokenIssuer.claims("alice", "operator", "default")));
    client(process).withKey(token).createJob("by token");
    String expired =
        secret(
            issuer.token(
                TokenIssuer.claims("alice", "operator", "default")
                    .add("exp", Instant.now().getEpochSecond() - 900)));
    String forged = secret(issuer.forged(TokenIssuer.claims("eve", "admin", "default")));
    String mistyped = secret(rotated.getString("key").replaceFirst(".$", "!"));
    String truncated = secret(administrator.substring(0, administrator.length() - 3));

    for (String bad :
        List.of(
            rotated.getString("key"),
            revoked.getString("key"),
            expired,
            forged,
            mistyped,
            truncated,
            token + "x",
            administrator + " " + administrator)) {
      assertThat(client(process).withKey(bad).get("/jobs").status()).as(bad).isEqualTo(401);
    }
    for (String misplaced : List.of(administrator, token)) {
      misplace(misplaced, admin, job, client(process));
      misplace(misplaced, client(process), job, client(process));
    }
    for (String lines :
        List.of(
            "GET /jobs/ " + administrator + " HTTP/1.1\r\nHost: localhost",
            "GET /%zz" + administrator + " HTTP/1.1\r\nHost: localhost",
            "GET /jobs HTTP/1.1\r\nHost: localhost\r\n" + administrator,
            "GET /jobs HTTP/1.1\r\nHost: localhost\r\nAuthorization : Bearer " + administrator,
            administrator)) {
      String answer =
          RawConnection.exchange(process.port(), bytes(lines + "\r\nConnection: close\r\n\r\n"));
      assertThatNoSecretIsIn("the answer to a broken request", answer);
    }
  }

  /** Puts a credential into every place of a request where it does not belong. */
  private static void misplace(String secret, ApiClient client, long job, ApiClient other) {
    for (String path :
        List.of(
            "/" + secret,
            "/jobs/" + secret,
            "/jobs/Bearer%20" + secret,
            "/jobs/Bearer" + secret,
            "/jobs/%22" + secret,
            "/jobs/%" + Integer.toHexString(secret.charAt(0)) + secret.substring(1),
            "/jobs/" + secret.replace("_", "%5F").replace(".", "%2E"),
            "/runs/" + secret + "/events",
            "/keys/" + secret,
            "/projects/" + secret,
            "/problems/" + secret,
            "/health/" + secret,
            "/openapi/" + secret,
            "/jobs;key=" + secret,
            "/jobs?" + secret + "=1",
            "/jobs?key=" + secret,
            "/jobs?name=" + secret,
            "/jobs?cursor=" + secret,
            "/jobs?limit=" + secret,
            "/runs?status=" + secret,
            "/runs?startedAt.gte=" + secret,
            "/audit?actor=" + secret,
            "/?access_token=" + encode(secret))) {
      client.get(path);
    }
    for (String header :
        List.of(
            "ChronoTrack-Project",
            "X-Api-Key",
            "Cookie",
            "User-Agent",
            "Referer",
            "Origin",
            "Accept",
            "If-None-Match",
            "X-Forwarded-For",
            "Forwarded",
            "traceparent",
            "Idempotency-Key")) {
      client.get("/jobs/" + job, header, secret);
    }
    for (String scheme : List.of("", "Basic ", "Token ", "Bearer Bearer ")) {
      other.get("/jobs", "Authorization", scheme + secret);
    }
    client.send(
        "PATCH",
        "/jobs/" + job,
        Map.of("Content-Type", JSON, "If-Match", secret),
        bytes("{\"archived\":false}"));
    client.send("POST", "/jobs", Map.of("Content-Type", "application/" + secret), bytes("{}"));
    client.send(
        "POST",
        "/jobs/" + job + "/runs",
        Map.of("Content-Type", JSON, "traceparent", secret),
        bytes("{}"));
    client.postOnce("/jobs/" + job + "/runs", secret, "{}");
    client.postOnce("/jobs/" + job + "/runs", secret, "{\"status\":\"RUNNING\"}");
    client.postOnce("/jobs", "Bearer " + secret, "{\"name\":\"x\"}");
    client.send(secret, "/jobs");
    for (String body :
        List.of(
            "{\"name\":\"x\",\"" + secret + "\":1}",
            "{\"name\":\"x\",\"archived\":\"" + secret + "\"}",
            "{\"name\":" + secret + "}",
            "{\"name\":\"x\",\"key\":\"" + secret + "\"}",
            "{" + secret,
            secret)) {
      client.post("/jobs", body);
      client.patch("/jobs/" + job, body);
    }
    client.post("/jobs/" + job + "/runs", "{\"status\":\"" + secret + "\"}");
    client.post("/jobs/" + job + "/runs", "{\"startedAt\":\"" + secret + "\"}");
    client.post("/keys", "{\"name\":\"x\",\"role\":\"" + secret + "\"}");
    client.post("/keys", "{\"name\":\"x\",\"role\":\"viewer\",\"only\":\"" + secret + "\"}");
    client.post("/keys/1/rotate", "{\"overlapSeconds\":\"" + secret + "\"}");
    client.post("/projects", "{\"name\":\"x\",\"key\":\"" + secret + "\"}");
  }

  /** A client at an address of its own, so that no refusal slows down the next. */
  private ApiClient client(ChronoTrackProcess process) {
    return process.client().from("198.18.0." + ++numberOfAddresses).listenedToBy(exchanges::add);
  }

  /** A key whose issue is the one answer that may have it. */
  private JsonObject issued(ApiClient admin, String role) {
    return remember(admin.issueKey(object().add("name", role).add("role", role)));
  }

  private JsonObject remember(JsonObject issued) {
    exchanges.remove(exchanges.size() - 1);
    secret(issued.getString("key"));
    return issued;
  }

  /** Remembers a credential, and the parts of it that must not be seen alone either. */
  private String secret(String credential) {
    secrets.add(credential);
    if (credential.startsWith("ct_")) {
      secrets.add(credential.substring(credential.lastIndexOf('_') + 1));
    } else {
      secrets.addAll(List.of(credential.split("\\.", -1)).subList(1, 3));
    }
    return credential;
  }

  private static String answer(Exchange exchange) {
    return exchange.headers().map() + exchange.body();
  }

  private void assertThatNoFileHasASecret(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      // The server unpacks its own libraries, which are many and not written to.
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".jar"))
              .toList();
    }
    assertThat(files).extracting(file -> file.getFileName().toString()).contains("chronotrack.db");
    for (Path file : files) {
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThatNoSecretIsIn(folder.relativize(file).toString(), content);
    }
  }

  private void assertThatNoSecretIsIn(String where, String text) {
    for (String secret : secrets) {
      int at = text.indexOf(secret);
      if (at >= 0) {
        String around =
            text.substring(
                Math.max(0, at - 300), Math.min(text.length(), at + secret.length() + 100));
        throw new AssertionError("'" + secret + "' is in " + where + ":\n" + around);
      }
    }
  }
}
