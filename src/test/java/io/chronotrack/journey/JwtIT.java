package io.chronotrack.journey;

import static io.chronotrack.journey.ApiClient.object;
import static io.chronotrack.journey.TokenIssuer.claims;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** JSON Web Tokens beside the keys: good ones say who somebody is, all others are refused alike. */
@OnEveryServer
@ExtendWith(GuardedChronoTrack.class)
class JwtIT {

  private final Installation installation;
  private final TokenIssuer issuer;
  private final ApiClient system;
  private final String project;

  JwtIT(Installation installation) {
    this.installation = installation;
    this.issuer = installation.issuer();
    this.system = installation.system();
    this.project = system.createProject();
  }

  @Test
  void aGoodTokenIsSomebodyWithARoleInAProject() {
    Exchange answer = with(issuer.token(claims("alice", "reporter", project))).get("/whoami");

    assertThat(answer.status()).as(answer::toString).isEqualTo(200);
    JsonObject alice = answer.json();
    assertThat(alice.getString("actor")).isEqualTo("jwt/alice");
    assertThat(alice.getString("project")).isEqualTo(project);
    assertThat(alice.getString("role")).isEqualTo("reporter");
  }

  @Test
  void whatTheOwnerOfATokenDoesIsInTheAuditUnderTheOwnersName() {
    long job = with(issuer.token(claims("olivia", "operator", project))).createJob("by token");

    JsonObject entry = system.inProject(project).all("/audit?subject=job/" + job).get(0);
    assertThat(entry.getString("actor")).isEqualTo("jwt/olivia");
    assertThat(entry.getString("action")).isEqualTo("job.create");
  }

  @Test
  void ofSeveralGroupsTheHighestRoleCounts() {
    JsonObjectBuilder claims =
        claims("bob")
            .add("groups", Json.createArrayBuilder().add("viewer").add("staff").add("operator"))
            .add("projects", Json.createArrayBuilder().add(project));

    assertThat(with(issuer.token(claims)).get("/whoami").json().getString("role"))
        .isEqualTo("operator");
  }

  @Test
  void aTokenForSeveralProjectsNeedsTheHeaderThatSaysWhich() {
    String other = system.createProject();
    String foreign = system.createProject();
    JsonObjectBuilder claims =
        claims("carol", "operator", project)
            .add("projects", Json.createArrayBuilder().add(project).add(other));
    ApiClient carol = with(issuer.token(claims));

    Exchange open = carol.get("/jobs");
    assertThat(open.status()).as(open::toString).isEqualTo(400);
    assertThat(open.json().getJsonArray("errors").getJsonObject(0).getString("header"))
        .isEqualTo("ChronoTrack-Project");
    Problems.assertThatItIsAProblem(open);

    long job = carol.inProject(other).createJob("there");
    assertThat(carol.inProject(other).job(job).getString("name")).isEqualTo("there");
    assertThat(carol.inProject(project).get("/jobs/" + job).status()).isEqualTo(404);
    assertThat(carol.inProject(foreign).get("/jobs").status()).isEqualTo(404);
  }

  @Test
  void aTokenWithoutAGroupThatHasARoleIsForbiddenEverything() {
    for (String group : new String[] {"", "staff", "Viewer", "system"}) {
      Exchange refused = with(issuer.token(claims("dave", group, project))).get("/whoami");
      assertThat(refused.status()).as("group '%s': %s", group, refused).isEqualTo(403);
      Problems.assertThatItIsAProblem(refused);
    }
    JsonObjectBuilder claims =
        claims("dave").add("projects", Json.createArrayBuilder().add(project));
    assertThat(with(issuer.token(claims)).get("/whoami").status()).isEqualTo(403);
  }

  @Test
  void aTokenForNoProjectIsForbiddenEverything() {
    JsonObjectBuilder claims = claims("erin").add("groups", Json.createArrayBuilder().add("admin"));
    ApiClient erin = with(issuer.token(claims));

    assertThat(erin.get("/jobs").status()).isEqualTo(403);
    assertThat(erin.inProject("default").get("/jobs").status()).isEqualTo(404);
  }

  @Test
  void aTokenForAProjectThatThereIsNotFindsNone() {
    ApiClient client = with(issuer.token(claims("frank", "admin", "no-such-project")));

    assertThat(client.get("/jobs").status()).isEqualTo(404);
    assertThat(client.inProject(project).get("/jobs").status()).isEqualTo(404);
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoGoodTokenIsRefused() {
    String good = issuer.token(claims("mallory", "admin", project));
    String signature = good.substring(good.lastIndexOf('.') + 1);
    String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(issuer.publicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    long now = Instant.now().getEpochSecond();
    return Stream.of(
        refused("signed by somebody else", issuer.forged(mallory())),
        refused("signed by somebody who brings the key", issuer.forgedWithItsOwnKey(mallory())),
        refused("with another signature's first byte", unsigned + "AAAA" + signature.substring(4)),
        refused("with half of its signature", unsigned + signature.substring(0, 100)),
        refused("without a signature", unsigned),
        refused("without the second dot", good.substring(0, good.lastIndexOf('.'))),
        refused("with changed claims", swapped(good)),
        refused("alg none", none("none")),
        refused("alg None", none("None")),
        refused("alg NONE, with a signature", none("NONE") + signature),
        refused("alg missing", without("alg")),
        refused("HMAC with the public key as PEM", hmac(ApiClient.bytes(pem))),
        refused("HMAC with the public key as DER", hmac(issuer.publicKey().getEncoded())),
        refused(
            "HMAC with the public key's modulus",
            hmac(issuer.publicKey().getModulus().toByteArray())),
        refused("the right key with another algorithm", issuer.token(mallory(), "RS512")),
        refused("expired", issuer.token(mallory().add("exp", now - 120))),
        refused("without an end", issuer.token(without(mallory(), "exp"))),
        refused("not yet valid", issuer.token(mallory().add("nbf", now + 120))),
        refused("issued in the future", issuer.token(mallory().add("iat", now + 120))),
        refused("for another audience", issuer.token(mallory().add("aud", "billing"))),
        refused("for no audience", issuer.token(without(mallory(), "aud"))),
        refused("of another issuer", issuer.token(mallory().add("iss", "https://example.org"))),
        refused("of no issuer", issuer.token(without(mallory(), "iss"))),
        refused("of nobody", issuer.token(without(mallory(), "sub"))),
        refused("a token that is none", "eyJhbGciOiJSUzI1NiJ9.e30."),
        refused("three dots", "..."),
        refused("a long one", good + "A".repeat(9_000)));
  }

  private DynamicTest refused(String what, String token) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          Exchange refused = with(token).get("/whoami");
          assertThat(refused.status()).as(refused::toString).isEqualTo(401);
          assertThat(refused.header("WWW-Authenticate"))
              .isEqualTo("Bearer realm=\"ChronoTrack\", error=\"invalid_token\"");
          Problems.assertThatItIsAProblem(refused);
          // Why is not told to a stranger.
          assertThat(refused.json().getString("detail"))
              .isEqualTo(with("nonsense").get("/whoami").json().getString("detail"));
        });
  }

  /** A client at an address of its own, so that refusals of other tests do not slow it down. */
  private ApiClient with(String token) {
    return installation.stranger().withKey(token);
  }

  /** The claims of a token that would be accepted. */
  private JsonObjectBuilder mallory() {
    return claims("mallory", "admin", project);
  }

  private String none(String algorithm) {
    JsonObject header = object().add("alg", algorithm).add("typ", "JWT").build();
    return TokenIssuer.signingInput(header, mallory().build()) + ".";
  }

  private String without(String member) {
    JsonObject header = TokenIssuer.header("RS256").remove(member).build();
    String good = issuer.token(mallory());
    return TokenIssuer.signingInput(header, mallory().build())
        + good.substring(good.lastIndexOf('.'));
  }

  private static JsonObjectBuilder without(JsonObjectBuilder claims, String member) {
    return claims.remove(member);
  }

  /** The signature of one token under what another one claims. */
  private String swapped(String good) {
    String[] parts = good.split("\\.", -1);
    String claims =
        TokenIssuer.base64(ApiClient.bytes(mallory().add("sub", "alice").build().toString()));
    return parts[0] + "." + claims + "." + parts[2];
  }

  private String hmac(byte[] key) {
    String input = TokenIssuer.signingInput(TokenIssuer.header("HS256").build(), mallory().build());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return input + "." + TokenIssuer.base64(mac.doFinal(ApiClient.bytes(input)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
