package io.chronotrack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSettingsTest {

  private static final String KEY_TEXT = "-----BEGIN PUBLIC KEY-----";

  private static final Map<String, String> COMPLETE =
      Map.of(
          "mp.jwt.verify.publickey", KEY_TEXT,
          "mp.jwt.verify.issuer", "https://id.example.com/realms/work",
          "mp.jwt.verify.audiences", "chronotrack");

  private static JwtSettings jwt(Map<String, String> settings) {
    return JwtSettings.from(new AppConfig.Settings(key -> Optional.ofNullable(settings.get(key))));
  }

  private static JwtSettings completeWith(String key, String value) {
    Map<String, String> settings = new HashMap<>(COMPLETE);
    settings.put(key, value);
    return jwt(settings);
  }

  private static JwtSettings at(String location) {
    Map<String, String> settings = new HashMap<>(COMPLETE);
    settings.remove("mp.jwt.verify.publickey");
    settings.put("mp.jwt.verify.publickey.location", location);
    return jwt(settings);
  }

  @Test
  void withoutAPublicKeyNoTokenIsAccepted() {
    assertThat(jwt(Map.of())).isEqualTo(JwtSettings.OFF);
    assertThat(JwtSettings.OFF.areTokensAccepted()).isFalse();
    assertThat(jwt(Map.of("mp.jwt.verify.issuer", "somebody")).areTokensAccepted()).isFalse();
  }

  @Test
  void theDefaultsAreThoseOfMicroProfileJwt() {
    JwtSettings jwt = jwt(COMPLETE);
    assertThat(jwt.areTokensAccepted()).isTrue();
    assertThat(jwt.algorithm()).isEqualTo(JwtSettings.Algorithm.RS256);
    assertThat(jwt.clockSkew()).isEqualTo(Duration.ofSeconds(60));
    assertThat(jwt.maxAge()).isZero();
    assertThat(jwt.groupRoles()).isEmpty();
    assertThat(jwt.projectsClaim()).isEqualTo("projects");
  }

  @Test
  void everySettingIsTaken() {
    JwtSettings jwt =
        jwt(
            Map.ofEntries(
                Map.entry("mp.jwt.verify.publickey.location", "https://id.example.com/certs"),
                Map.entry("mp.jwt.verify.publickey.algorithm", "ES256"),
                Map.entry("mp.jwt.verify.issuer", "https://id.example.com"),
                Map.entry("mp.jwt.verify.audiences", "chronotrack, tracker"),
                Map.entry("mp.jwt.verify.clock.skew", "5"),
                Map.entry("mp.jwt.verify.token.age", "3600"),
                Map.entry("JWT_GROUP_ROLES", "billing-devs=reporter, cn=ops=operator"),
                Map.entry("JWT_PROJECTS_CLAIM", "teams")));
    assertThat(jwt.publicKey()).isNull();
    assertThat(jwt.location()).isEqualTo(URI.create("https://id.example.com/certs"));
    assertThat(jwt.algorithm()).isEqualTo(JwtSettings.Algorithm.ES256);
    assertThat(jwt.issuer()).isEqualTo("https://id.example.com");
    assertThat(jwt.audiences()).containsExactlyInAnyOrder("chronotrack", "tracker");
    assertThat(jwt.clockSkew()).isEqualTo(Duration.ofSeconds(5));
    assertThat(jwt.maxAge()).isEqualTo(Duration.ofHours(1));
    assertThat(jwt.groupRoles())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("billing-devs", "reporter", "cn=ops", "operator"));
    assertThat(jwt.projectsClaim()).isEqualTo("teams");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp.jwt.verify.issuer", "mp.jwt.verify.audiences"})
  void aPublicKeyNeedsAnIssuerAndAudiences(String missing) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> completeWith(missing, " "))
        .withMessage("%s must be given when there is a public key, but is ''", missing);
  }

  @Test
  void audiencesThatAreOnlyCommasAreNone() {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> completeWith("mp.jwt.verify.audiences", " , ,"))
        .withMessageStartingWith("mp.jwt.verify.audiences must be given");
  }

  @Test
  void aCommaBehindABackslashIsPartOfAName() {
    assertThat(completeWith("JWT_GROUP_ROLES", "cn=devs\\,dc=example=viewer").groupRoles())
        .isEqualTo(Map.of("cn=devs,dc=example", "viewer"));
  }

  @Test
  void theKeyIsGivenOnceAsATextOrAsAPlace() {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> completeWith("mp.jwt.verify.publickey.location", "key.pem"))
        .withMessageStartingWith("mp.jwt.verify.publickey.location must be left out when");
  }

  @Test
  void aPathIsAFileFromTheWorkingFolder() {
    assertThat(at("keys/public.pem").location())
        .isEqualTo(Path.of("keys", "public.pem").toAbsolutePath().toUri());
    assertThat(at("file:///keys/public.pem").location())
        .isEqualTo(URI.create("file:///keys/public.pem"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://id.example.com/keys",
        "https:keys",
        "https://",
        "file:keys.pem",
        "https://user:geheim@id.example.com/keys",
        "https://id.example.com/geheim keys",
        "jar:file:/geheim.jar!/keys",
        "ge\0heim"
      })
  void aPlaceThatIsNoneIsRefusedAndNotShown(String location) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> at(location))
        .withMessageStartingWith("mp.jwt.verify.publickey.location must be the path of a file, or")
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("geheim"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mp.jwt.verify.publickey.algorithm | none      | one of rs256, es256
          mp.jwt.verify.publickey.algorithm | HS256     | one of rs256, es256
          mp.jwt.verify.clock.skew          | -1        | a whole number from 0 to 600
          mp.jwt.verify.clock.skew          | 601       | a whole number from 0 to 600
          mp.jwt.verify.clock.skew          | 1m        | a whole number from 0 to 600
          mp.jwt.verify.token.age           | -1        | a whole number from 0 to 31536000
          JWT_GROUP_ROLES                   | devs      | a list group=role,... with each group once
          JWT_GROUP_ROLES                   | devs=     | a list group=role,... with each group once
          JWT_GROUP_ROLES                   | =viewer   | a list group=role,... with each group once
          JWT_GROUP_ROLES                   | a=viewer,a=admin | a list group=role,... with each group once
          """)
  void aWrongValueIsToldWithItsKeyAndWhatWouldBeRight(String key, String value, String expected) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> completeWith(key, value))
        .withMessage("%s must be %s, but is '%s'", key, expected, value);
  }

  @Test
  void theTextOfTheKeyIsNotPrinted() {
    assertThat(jwt(COMPLETE).toString()).doesNotContain(KEY_TEXT);
  }
}
