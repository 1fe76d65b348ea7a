package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.chronotrack.TestClock;
import io.chronotrack.access.Role;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.JwtSettings;
import io.chronotrack.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ISSUER = "https://id.example.com/realms/work";
  private static final RSAKey RSA = Issuer.rsaKey("2026");
  private static final RSAKey OTHER_RSA = Issuer.rsaKey("2027");
  private static final ECKey EC = Issuer.ecKey("2026-ec");
  private static final Duration SKEW = Duration.ofSeconds(60);

  private final TestClock clock = new TestClock(NOW);

  private static JwtSettings settings(JwtSettings.Algorithm algorithm, String publicKey) {
    return settings(algorithm, new Secret(publicKey), null, Duration.ZERO, Map.of());
  }

  private static JwtSettings settings(
      JwtSettings.Algorithm algorithm,
      @Nullable Secret publicKey,
      @Nullable URI location,
      Duration maxAge,
      Map<String, String> groupRoles) {
    return new JwtSettings(
        publicKey,
        location,
        algorithm,
        ISSUER,
        Set.of("chronotrack", "tracker"),
        SKEW,
        maxAge,
        groupRoles,
        "projects");
  }

  private static JwtSettings at(String location) {
    return settings(
        JwtSettings.Algorithm.RS256, null, URI.create(location), Duration.ZERO, Map.of());
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("chronotrack")
        .subject("4711")
        .issueTime(Date.from(NOW.minusSeconds(10)))
        .notBeforeTime(Date.from(NOW.minusSeconds(10)))
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .claim("groups", List.of("reporter"))
        .claim("projects", List.of("billing"));
  }

  private static String token() {
    return Issuer.sign(RSA, claims().build());
  }

  private JwtVerifier rs256() {
    return new JwtVerifier(settings(JwtSettings.Algorithm.RS256, Issuer.pem(RSA)), clock);
  }

  private boolean accepts(JWTClaimsSet.Builder claims) {
    return rs256().verify(Issuer.sign(RSA, claims.build())).isPresent();
  }

  @Nested
  class AGoodToken {

    @Test
    void isAcceptedWithItsSubjectRoleProjectsAndEnd() {
      assertThat(rs256().verify(token()))
          .contains(
              new JwtIdentity("4711", Role.REPORTER, Set.of("billing"), NOW.plusSeconds(300)));
    }

    @Test
    void mayBeSignedWithAnEllipticCurve() {
      var verifier = new JwtVerifier(settings(JwtSettings.Algorithm.ES256, Issuer.pem(EC)), clock);
      assertThat(verifier.verify(Issuer.sign(EC, claims().build()))).isPresent();
    }

    @Test
    void isAcceptedWithAKeyInEachFormOfMicroProfileJwt() {
      String jwk = RSA.toPublicJWK().toJSONString();
      String set = new JWKSet(List.of(OTHER_RSA, RSA)).toString(true);
      for (String text : List.of(jwk, set, base64url(jwk), base64url(set))) {
        var verifier = new JwtVerifier(settings(JwtSettings.Algorithm.RS256, text), clock);
        assertThat(verifier.verify(token())).as(text).isPresent();
      }
    }

    @Test
    void mayLeaveOutWhichKeyItIsSignedWith() {
      String set = new JWKSet(List.of(OTHER_RSA, EC, RSA)).toString(true);
      var verifier = new JwtVerifier(settings(JwtSettings.Algorithm.RS256, set), clock);
      assertThat(verifier.verify(Issuer.sign(RSA, null, claims().build()))).isPresent();
    }

    @Test
    void isAcceptedForAnyOfTheAudiences() {
      assertThat(accepts(claims().audience(List.of("mail", "tracker")))).isTrue();
    }

    @Test
    void needsNeitherABeginningNorATimeOfIssue() {
      assertThat(accepts(claims().issueTime(null).notBeforeTime(null))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "u@example.com, ann, 4711, u@example.com",
      "             , ann, 4711, ann",
      "             ,    , 4711, 4711"
    })
    void isNamedByTheFirstOfItsNames(
        @Nullable String upn, @Nullable String preferred, String sub, String name) {
      var claims =
          claims().claim("upn", upn).claim("preferred_username", preferred).subject(sub).build();
      assertThat(rs256().verify(Issuer.sign(RSA, claims)))
          .hasValueSatisfying(identity -> assertThat(identity.subject()).isEqualTo(name));
    }

    @Test
    void mayNameItsProjectInATextAndNeedsNone() {
      assertThat(projects("billing")).containsExactly("billing");
      assertThat(projects(List.of("billing", "mail"))).containsOnly("billing", "mail");
      assertThat(projects(null)).isEmpty();
      assertThat(projects(Map.of("billing", true))).isEmpty();
      assertThat(projects(List.of(1, "mail"))).containsExactly("mail");
    }

    private Set<String> projects(@Nullable Object claim) {
      return rs256()
          .verify(Issuer.sign(RSA, claims().claim("projects", claim).build()))
          .orElseThrow()
          .projects();
    }
  }

  @Nested
  class ATokenIsRefused {

    private void assertRefused(String token) {
      assertThat(rs256().verify(token)).isEmpty();
    }

    @Test
    void whenSomebodyElseHasSignedIt() {
      assertRefused(Issuer.sign(OTHER_RSA, RSA.getKeyID(), claims().build()));
    }

    @Test
    void whenItsClaimsAreNotTheSignedOnes() {
      String[] good = token().split("\\.", -1);
      String[] admin =
          Issuer.sign(OTHER_RSA, claims().claim("groups", "admin").build()).split("\\.", -1);
      assertRefused(good[0] + "." + admin[1] + "." + good[2]);
    }

    @Test
    void whenItIsNotSignedAndSaysSo() {
      assertRefused(new PlainJWT(claims().build()).serialize());
      for (String none : List.of("none", "None", "NONE")) {
        String header = base64url("{\"alg\":\"" + none + "\",\"kid\":\"2026\"}");
        assertRefused(header + "." + token().split("\\.", -1)[1] + ".");
        assertRefused(
            header + "." + token().split("\\.", -1)[1] + "." + token().split("\\.", -1)[2]);
      }
    }

    @Test
    void whenItsSignatureIsMissing() {
      String token = token();
      assertRefused(token.substring(0, token.lastIndexOf('.') + 1));
      assertRefused(token.substring(0, token.lastIndexOf('.')));
    }

    @Test
    void whenThePublicKeyIsUsedAsAnHmacSecret() throws JOSEException {
      byte[] encoded = RSA.toRSAPublicKey().getEncoded();
      byte[] pem = Issuer.pem(RSA).getBytes(StandardCharsets.US_ASCII);
      byte[] stripped = Issuer.pem(RSA).strip().getBytes(StandardCharsets.US_ASCII);
      byte[] jwk = RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
      for (byte[] secret : List.of(encoded, pem, stripped, jwk)) {
        assertRefused(hmac(secret));
      }
    }

    @Test
    void whenAnHmacSecretIsAmongThePublishedKeys() throws Exception {
      byte[] secret = new byte[32];
      try (var issuer = new Issuer()) {
        issuer.publish(
            200, "{\"keys\":[" + new OctetSequenceKey.Builder(secret).keyID("2026").build() + "]}");
        try (var verifier = new JwtVerifier(at(issuer.location()), clock)) {
          assertThat(verifier.verify(hmac(secret))).isEmpty();
        }
      }
    }

    private String hmac(byte[] secret) throws JOSEException {
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("2026").build(), claims().build());
      token.sign(new MACSigner(secret));
      return token.serialize();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS256"})
    void whenItIsSignedInAnotherWayWithTheRightKey(String algorithm) throws JOSEException {
      var token = new SignedJWT(new JWSHeader(JWSAlgorithm.parse(algorithm)), claims().build());
      token.sign(new RSASSASigner(RSA));
      assertRefused(token.serialize());
    }

    @Test
    void whenItBringsItsOwnKey() throws JOSEException {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.RS256)
              .jwk(OTHER_RSA.toPublicJWK())
              .jwkURL(URI.create("http://127.0.0.1:9/keys"))
              .build();
      var token = new SignedJWT(header, claims().build());
      token.sign(new RSASSASigner(OTHER_RSA));
      assertRefused(token.serialize());
    }

    @Test
    void whenItIsOfAnotherKind() throws JOSEException {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("logout+jwt")).build();
      var token = new SignedJWT(header, claims().build());
      token.sign(new RSASSASigner(RSA));
      assertRefused(token.serialize());
    }

    @Test
    void whenItIsOver() {
      assertThat(accepts(claims().expirationTime(Date.from(NOW.minus(SKEW))))).isFalse();
    }

    @Test
    void whenItHasNoEnd() {
      assertThat(accepts(claims().expirationTime(null))).isFalse();
    }

    @Test
    void whenItHasNotBegun() {
      assertThat(accepts(claims().notBeforeTime(Date.from(NOW.plus(SKEW).plusSeconds(1)))))
          .isFalse();
    }

    @Test
    void whenItIsIssuedInTheFuture() {
      assertThat(accepts(claims().issueTime(Date.from(NOW.plus(SKEW).plusSeconds(1))))).isFalse();
    }

    @Test
    void whenItIsForAnotherAudience() {
      assertThat(accepts(claims().audience("mail"))).isFalse();
      assertThat(accepts(claims().audience(List.of()))).isFalse();
      assertThat(accepts(claims().audience("Chronotrack"))).isFalse();
    }

    @Test
    void whenItIsOfAnotherIssuer() {
      assertThat(accepts(claims().issuer("https://id.example.com/realms/play"))).isFalse();
      assertThat(accepts(claims().issuer(ISSUER + "/"))).isFalse();
      assertThat(accepts(claims().issuer(null))).isFalse();
    }

    @Test
    void whenItNamesAKeyThatIsNotKnown() {
      String set = new JWKSet(List.of(RSA, OTHER_RSA)).toString(true);
      var verifier = new JwtVerifier(settings(JwtSettings.Algorithm.RS256, set), clock);
      assertThat(verifier.verify(Issuer.sign(RSA, "2025", claims().build()))).isEmpty();
    }

    @Test
    void whenItsKeyIsForSomethingElse() {
      JWK encryption = new RSAKey.Builder(RSA.toPublicJWK()).keyUse(KeyUse.ENCRYPTION).build();
      JWK other = new RSAKey.Builder(OTHER_RSA.toPublicJWK()).algorithm(JWSAlgorithm.RS256).build();
      String set = new JWKSet(List.of(encryption, other)).toString(true);
      var verifier = new JwtVerifier(settings(JwtSettings.Algorithm.RS256, set), clock);
      assertThat(verifier.verify(token())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000"})
    void whenItsNameCannotBeOne(String name) {
      assertThat(accepts(claims().claim("upn", name))).isFalse();
    }

    @Test
    void whenItHasNoNameOrAVeryLongOneOrOneThatIsNoText() {
      assertThat(accepts(claims().subject(null))).isFalse();
      assertThat(accepts(claims().claim("upn", "x".repeat(256)))).isFalse();
      assertThat(accepts(claims().claim("upn", List.of("x")))).isFalse();
    }

    @Test
    void whenItIsLongerThanAnyGoodOne() {
      String groups = "g".repeat(JwtVerifier.MAX_LENGTH);
      assertThat(accepts(claims().claim("groups", groups))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          ".",
          "..",
          "...",
          "....",
          "ct_1234",
          "a.b.c",
          "e30.e30.e30",
          "\u0000.\uD800.x",
          "eyJhbGciOiJSUzI1NiJ9..",
          "bnVsbA.bnVsbA.bnVsbA",
          "W10.W10.W10"
        })
    void whenItIsNoToken(String garbage) {
      assertRefused(garbage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", " ", "\n", "!", "."})
    void whenItHasCharactersThatNoTokenHas(String character) {
      assertRefused(token() + character);
      assertRefused(character + token());
    }

    @Test
    void whenItsClaimsAreNoObjectOrOfTheWrongTypes() {
      for (String payload :
          List.of(
              "null",
              "[]",
              "1",
              "{",
              "{\"exp\":\"tomorrow\"}",
              "{\"exp\":1e400}",
              "{\"iss\":1}",
              "{\"aud\":{}}",
              "[".repeat(5_000))) {
        assertRefused(base64url("{\"alg\":\"RS256\"}") + "." + base64url(payload) + ".AAAA");
      }
    }

    @Test
    void whenTokensAreNotAcceptedAtAll() {
      assertThat(new JwtVerifier(JwtSettings.OFF, clock).verify(token())).isEmpty();
    }
  }

  @Nested
  class Time {

    @Test
    void isToleratedToDifferByTheSkew() {
      Duration within = SKEW.minusSeconds(1);
      assertThat(accepts(claims().expirationTime(Date.from(NOW.minus(within))))).isTrue();
      assertThat(accepts(claims().notBeforeTime(Date.from(NOW.plus(within))))).isTrue();
      assertThat(accepts(claims().issueTime(Date.from(NOW.plus(within))))).isTrue();
    }

    @Test
    void isThatOfTheClock() {
      JwtVerifier verifier = rs256();
      String token = token();
      Optional<JwtIdentity> identity = verifier.verify(token);
      assertThat(identity).isPresent();
      clock.move(Duration.ofSeconds(359));
      assertThat(verifier.verify(token)).isEqualTo(identity);
      clock.move(Duration.ofSeconds(1));
      assertThat(verifier.verify(token)).isEmpty();
    }

    @Test
    void endsEarlierWhereTokensMustBeYoung() {
      var verifier =
          new JwtVerifier(
              settings(
                  JwtSettings.Algorithm.RS256,
                  new Secret(Issuer.pem(RSA)),
                  null,
                  Duration.ofSeconds(30),
                  Map.of()),
              clock);
      assertThat(verifier.verify(issued(NOW.minusSeconds(90)))).isPresent();
      assertThat(verifier.verify(issued(NOW.minusSeconds(91)))).isEmpty();
      assertThat(verifier.verify(Issuer.sign(RSA, claims().issueTime(null).build()))).isEmpty();
    }

    private String issued(Instant at) {
      return Issuer.sign(RSA, claims().issueTime(Date.from(at)).build());
    }
  }

  @Nested
  class Groups {

    private @Nullable Role roleOf(Map<String, String> groupRoles, @Nullable Object groups) {
      var verifier =
          new JwtVerifier(
              settings(
                  JwtSettings.Algorithm.RS256,
                  new Secret(Issuer.pem(RSA)),
                  null,
                  Duration.ZERO,
                  groupRoles),
              clock);
      return verifier
          .verify(Issuer.sign(RSA, claims().claim("groups", groups).build()))
          .orElseThrow()
          .role();
    }

    @Test
    void areTheRolesOfTheirNamesUnlessConfigured() {
      assertThat(roleOf(Map.of(), List.of("staff", "viewer"))).isEqualTo(Role.VIEWER);
      assertThat(roleOf(Map.of(), "admin")).isEqualTo(Role.ADMIN);
      assertThat(roleOf(Map.of(), List.of("Admin"))).isNull();
    }

    @Test
    void doNotAdministerAllProjectsByName() {
      assertThat(roleOf(Map.of(), List.of("system"))).isNull();
      assertThat(roleOf(Map.of("platform", "system"), List.of("platform"))).isEqualTo(Role.SYSTEM);
    }

    @Test
    void giveTheHighestRoleOfAll() {
      assertThat(roleOf(Map.of(), List.of("viewer", "operator", "reporter")))
          .isEqualTo(Role.OPERATOR);
    }

    @Test
    void haveNoRoleThatIsNotConfigured() {
      Map<String, String> roles = Map.of("/billing/devs", "reporter");
      assertThat(roleOf(roles, List.of("/billing/devs"))).isEqualTo(Role.REPORTER);
      assertThat(roleOf(roles, List.of("admin"))).isNull();
      assertThat(roleOf(roles, List.of())).isNull();
      assertThat(roleOf(roles, null)).isNull();
      assertThat(roleOf(roles, 7)).isNull();
    }

    @Test
    void haveOnlyRolesThatThereAre() {
      assertThatExceptionOfType(InvalidSetting.class)
          .isThrownBy(() -> roleOf(Map.of("ops", "root"), List.of()))
          .withMessage(
              "JWT_GROUP_ROLES must be a list group=role,... with roles out of viewer, reporter,"
                  + " operator, admin, system, but is 'root'");
    }
  }

  @Nested
  class AKey {

    private void assertUnusable(JwtSettings.Algorithm algorithm, String text, String expected) {
      assertThatExceptionOfType(InvalidSetting.class)
          .isThrownBy(() -> new JwtVerifier(settings(algorithm, text), clock))
          .withMessage("mp.jwt.verify.publickey must be " + expected)
          .withNoCause();
    }

    private void assertNoRsaKey(String text) {
      assertUnusable(
          JwtSettings.Algorithm.RS256,
          text,
          "an RSA public key of at least 2048 bits for RS256, as PEM, JWK or JWK Set");
    }

    @Test
    void thatCannotBeReadIsRefused() {
      String pem = Issuer.pem(RSA);
      assertNoRsaKey("geheim");
      assertNoRsaKey("{\"keys\":[]}");
      assertNoRsaKey("{\"kty\":\"RSA\"}");
      assertNoRsaKey("{");
      assertNoRsaKey(pem.replace("MII", "AAA"));
      assertNoRsaKey(pem.substring(0, 100));
      assertNoRsaKey("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----");
    }

    @Test
    void thatIsPrivateIsRefused() throws JOSEException {
      byte[] encoded = RSA.toRSAPrivateKey().getEncoded();
      assertNoRsaKey(RSA.toJSONString());
      assertNoRsaKey(new JWKSet(RSA).toString(false));
      assertNoRsaKey(
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder().encodeToString(encoded)
              + "\n-----END PRIVATE KEY-----");
    }

    @Test
    void thatIsForAnotherAlgorithmIsRefused() throws JOSEException {
      String p256 = "an EC public key on the curve P-256 for ES256, as PEM, JWK or JWK Set";
      assertNoRsaKey(Issuer.pem(EC));
      assertUnusable(JwtSettings.Algorithm.ES256, Issuer.pem(RSA), p256);
      assertUnusable(
          JwtSettings.Algorithm.ES256,
          Issuer.pem(new ECKeyGenerator(Curve.P_384).generate()),
          p256);
    }

    @Test
    void thatIsWeakIsRefused() throws NoSuchAlgorithmException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1_024);
      var weak = (RSAPublicKey) generator.generateKeyPair().getPublic();
      assertNoRsaKey(Issuer.pem(new RSAKey.Builder(weak).build()));
    }

    @Test
    void mayBeInAFileThatIsReadAtTheStart(@TempDir Path folder) throws IOException {
      Path file = folder.resolve("key.pem");
      Files.writeString(file, Issuer.pem(RSA));
      try (var verifier = new JwtVerifier(at(file.toUri().toString()), clock)) {
        Files.delete(file);
        assertThat(verifier.verify(token())).isPresent();
      }
    }

    @Test
    void inAFileThatIsReplacedIsTakenOver(@TempDir Path folder) throws IOException {
      Path file = folder.resolve("key.pem");
      Files.writeString(file, Issuer.pem(RSA));
      try (var verifier = new JwtVerifier(at(file.toUri().toString()), clock)) {
        Files.writeString(file, Issuer.pem(OTHER_RSA));
        clock.move(KeysAtLocation.KEPT);
        assertThat(verifier.verify(Issuer.sign(OTHER_RSA, lasting()))).isPresent();
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isEmpty();
      }
    }

    @Test
    void inAFileThatCannotBeReadIsRefusedAtTheStart(@TempDir Path folder) throws IOException {
      Path garbage = Files.writeString(folder.resolve("garbage.pem"), "geheim");
      for (Path file : List.of(folder.resolve("missing.pem"), garbage, folder)) {
        assertThatExceptionOfType(InvalidSetting.class)
            .isThrownBy(() -> new JwtVerifier(at(file.toUri().toString()), clock))
            .withMessage(
                "mp.jwt.verify.publickey.location must be a readable file with an RSA public key"
                    + " of at least 2048 bits for RS256, as PEM, JWK or JWK Set");
      }
    }
  }

  @Nested
  class PublishedKeys {

    @Test
    void areFetchedOnceForManyTokens() throws IOException {
      try (var issuer = new Issuer(RSA);
          var verifier = new JwtVerifier(at(issuer.location()), clock)) {
        for (int i = 0; i < 50; i++) {
          assertThat(verifier.verify(token())).isPresent();
        }
        assertThat(issuer.fetches()).isEqualTo(1);
      }
    }

    @Test
    void areFetchedBeforeTheFirstToken() throws IOException {
      try (var issuer = new Issuer(RSA);
          var verifier = new JwtVerifier(at(issuer.location()), clock)) {
        issuer.awaitMoreThan(0);
        assertThat(verifier.verify(token())).isPresent();
        assertThat(issuer.fetches()).isEqualTo(1);
      }
    }

    @Test
    void mayBeRotated() throws IOException {
      try (var issuer = new Issuer(RSA);
          var verifier = new JwtVerifier(at(issuer.location()), clock)) {
        String token = Issuer.sign(RSA, lasting());
        assertThat(verifier.verify(token)).isPresent();
        issuer.publish(OTHER_RSA);

        assertThat(verifier.verify(Issuer.sign(OTHER_RSA, lasting())))
            .as("signed with the new key, at once")
            .isPresent();
        assertThat(verifier.verify(token))
            .as("signed with the key that was rotated out, and accepted before")
            .isEmpty();
        assertThat(verifier.verify(Issuer.sign(RSA, claims().build())))
            .as("signed with the key that was rotated out")
            .isEmpty();
      }
    }

    @Test
    void areNotUsedForLongAfterTheyWereTakenBack() throws IOException {
      try (var issuer = new Issuer(RSA);
          var verifier = new JwtVerifier(at(issuer.location()), clock)) {
        String token = Issuer.sign(RSA, lasting());
        assertThat(verifier.verify(token)).isPresent();
        issuer.publish();
        clock.move(KeysAtLocation.KEPT);
        assertThat(verifier.verify(token)).isEmpty();
      }
    }

    @Test
    void areRenewedInTheBackgroundBeforeTheyAreOld() throws IOException {
      try (var issuer = new Issuer(RSA);
          var verifier = new JwtVerifier(at(issuer.location()), clock)) {
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isPresent();
        clock.move(KeysAtLocation.FRESH);
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isPresent();
        clock.move(Duration.ofMillis(1));
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isPresent();
        issuer.awaitMoreThan(1);
      }
    }

    @Test
    void areNotFetchedForEachTokenOfAStranger() throws IOException {
      try (var issuer = new Issuer(RSA);
          var verifier = new JwtVerifier(at(issuer.location()), clock)) {
        assertThat(verifier.verify(token())).isPresent();
        for (int i = 0; i < 50; i++) {
          assertThat(verifier.verify(Issuer.sign(RSA, "unknown" + i, lasting()))).isEmpty();
        }
        assertThat(issuer.fetches()).isEqualTo(2);

        clock.move(KeysAtLocation.BETWEEN_FETCHES);
        assertThat(verifier.verify(Issuer.sign(RSA, "unknown", lasting()))).isEmpty();
        assertThat(issuer.fetches()).isEqualTo(3);
        assertThat(verifier.verify(token())).isPresent();
      }
    }

    @Test
    void holdWhileTheIssuerIsAway() throws IOException {
      try (var issuer = new Issuer(RSA);
          var verifier = new JwtVerifier(at(issuer.location()), clock)) {
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isPresent();
        issuer.leave();

        assertThat(verifier.verify(Issuer.sign(RSA, "unknown", lasting()))).isEmpty();
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isPresent();
        clock.move(KeysAtLocation.OUTAGE.minusSeconds(1));
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isPresent();
        clock.move(KeysAtLocation.KEPT);
        assertThat(verifier.verify(Issuer.sign(RSA, lasting())))
            .as("after an outage of a day")
            .isEmpty();
      }
    }

    @ParameterizedTest
    @CsvSource({"500, oops", "404, <html>", "200, <html>maintenance</html>", "200, {}", "200, ''"})
    void holdWhileTheIssuerAnswersSomethingElse(int status, String text) throws IOException {
      try (var issuer = new Issuer(RSA);
          var verifier = new JwtVerifier(at(issuer.location()), clock)) {
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isPresent();
        issuer.publish(status, text);
        clock.move(Duration.ofHours(1));
        assertThat(verifier.verify(Issuer.sign(RSA, lasting()))).isPresent();
      }
    }

    @Test
    void areNotReadBeyondALimit() throws IOException {
      try (var issuer = new Issuer()) {
        String set = new JWKSet(RSA).toString(true);
        issuer.publish(200, set + " ".repeat(1_000_000));
        try (var verifier = new JwtVerifier(at(issuer.location()), clock)) {
          assertThat(verifier.verify(token())).isEmpty();
        }
      }
    }

    @Test
    void thatCannotBeFetchedAtTheStartAreFetchedLater() throws IOException {
      try (var issuer = new Issuer()) {
        issuer.publish(503, "not yet");
        try (var verifier = new JwtVerifier(at(issuer.location()), clock)) {
          issuer.awaitMoreThan(0);
          assertThat(verifier.verify(token())).isEmpty();
          issuer.publish(RSA);
          clock.move(KeysAtLocation.BETWEEN_FETCHES);
          assertThat(verifier.verify(token())).isPresent();
        }
      }
    }
  }

  private static JWTClaimsSet lasting() {
    return claims().expirationTime(Date.from(NOW.plus(Duration.ofDays(30)))).build();
  }

  private static String base64url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
