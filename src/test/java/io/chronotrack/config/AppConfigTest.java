package io.chronotrack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppConfigTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static AppConfig config(Map<String, String> settings) {
    return AppConfig.from(key -> Optional.ofNullable(settings.get(key)));
  }

  private static AppConfig config(String key, String value) {
    return config(Map.of(key, value));
  }

  @Test
  void withoutSettingsTheDefaultsHold() {
    AppConfig config = config(Map.of());
    assertThat(config.port()).isEqualTo(3000);
    assertThat(config.bind()).isEqualTo("127.0.0.1");
    assertThat(config.appEnv()).isEqualTo(AppEnv.DEVELOPMENT);
    assertThat(config.storage()).isEqualTo(StorageKind.SQLITE);
    assertThat(config.databaseFile()).isEqualTo(Path.of("data", "chronotrack.db").toAbsolutePath());
    assertThat(config.logLevel()).isEqualTo(Level.INFO);
    assertThat(config.access())
        .isEqualTo(AccessSettings.OPEN)
        .isEqualTo(new AccessSettings(false, null, null, 0, 0, 20));
    assertThat(config.jwt()).isEqualTo(JwtSettings.OFF);
    assertThat(config.jwt().areTokensAccepted()).isFalse();
    assertThat(config.web()).isEqualTo(new WebSettings(Set.of(), List.of(), 15_000));
    assertThat(config.limits())
        .isEqualTo(Limits.DEFAULT)
        .isEqualTo(
            new Limits(
                200,
                4_000,
                100,
                200,
                16_384,
                65_536,
                1_048_576,
                8_388_608,
                1_000,
                50,
                500,
                4,
                Duration.ofSeconds(5),
                100));
  }

  @Test
  void everySettingIsTaken() {
    AppConfig config =
        config(
            Map.ofEntries(
                Map.entry("PORT", "4000"),
                Map.entry("BIND", "::1"),
                Map.entry("APP_ENV", "production"),
                Map.entry("STORAGE", "memory"),
                Map.entry("DATABASE_FILE", "/some/../where.db"),
                Map.entry("DATABASE_URL", "jdbc:postgresql://db/ct"),
                Map.entry("DATABASE_USER", "ct"),
                Map.entry("DATABASE_PASSWORD", "pass"),
                Map.entry("DATABASE_JNDI", "java:x"),
                Map.entry("DATABASE_POOL_SIZE", "5"),
                Map.entry("LOG_LEVEL", "fine"),
                Map.entry("AUTH", "on"),
                Map.entry("ADMIN_KEY", "ct_admin"),
                Map.entry("HASH_SECRET", SECRET),
                Map.entry("REQUESTS_PER_MINUTE", "1"),
                Map.entry("REPORTS_PER_MINUTE", "2"),
                Map.entry("FAILURES_PER_MINUTE", "3"),
                Map.entry("CORS_ORIGINS", "https://app.example.org"),
                Map.entry("TRUSTED_PROXIES", "none"),
                Map.entry("BODY_TIME_MS", "200"),
                Map.entry("MAX_NAME_LENGTH", "10"),
                Map.entry("MAX_DESCRIPTION_LENGTH", "20"),
                Map.entry("MAX_TYPE_LENGTH", "30"),
                Map.entry("MAX_EXTERNAL_ID_LENGTH", "40"),
                Map.entry("MAX_ERROR_MESSAGE_LENGTH", "400"),
                Map.entry("MAX_METADATA_BYTES", "50"),
                Map.entry("MAX_BODY_BYTES", "6000"),
                Map.entry("MAX_BATCH_BYTES", "7000"),
                Map.entry("MAX_BATCH_OPERATIONS", "5"),
                Map.entry("PAGE_SIZE", "7"),
                Map.entry("MAX_PAGE_SIZE", "8"),
                Map.entry("MAX_EXPORTS", "9"),
                Map.entry("MAX_STREAMS", "6"),
                Map.entry("WRITE_WAIT_MS", "90")));
    assertThat(config)
        .isEqualTo(
            new AppConfig(
                4000,
                "::1",
                AppEnv.PRODUCTION,
                StorageKind.MEMORY,
                Path.of("/where.db").toAbsolutePath(),
                new DatabaseSettings(
                    "jdbc:postgresql://db/ct", "ct", new Secret("pass"), "java:x", 5),
                Level.FINE,
                new AccessSettings(true, new Secret("ct_admin"), new Secret(SECRET), 1, 2, 3),
                JwtSettings.OFF,
                new WebSettings(Set.of("https://app.example.org"), List.of(), 200),
                new Limits(
                    10, 20, 30, 40, 400, 50, 6_000, 7_000, 5, 7, 8, 9, Duration.ofMillis(90), 6)));
  }

  @Test
  void inProductionTheListenerIsReachableFromTheNetworkUnlessSaidOtherwise() {
    assertThat(config("APP_ENV", "production").bind()).isEqualTo("0.0.0.0");
    assertThat(config(Map.of("APP_ENV", "production", "BIND", "10.0.0.1")).bind())
        .isEqualTo("10.0.0.1");
  }

  @Test
  void inProductionACredentialIsNeededUnlessSaidOtherwise() {
    assertThat(config("APP_ENV", "production").access().required()).isTrue();
    assertThat(config("AUTH", "on").access().required()).isTrue();
    assertThat(config(Map.of("APP_ENV", "production", "AUTH", "off")).access().required())
        .isFalse();
  }

  @Test
  void whereEverybodyMayDoEverythingTheListenerIsOnThisMachineOnlyUnlessSaidOtherwise() {
    assertThat(config(Map.of("APP_ENV", "production", "AUTH", "off")).bind())
        .isEqualTo("127.0.0.1");
    assertThat(config(Map.of("AUTH", "off", "BIND", "0.0.0.0")).bind()).isEqualTo("0.0.0.0");
  }

  private static Map<String, String> postgres(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("STORAGE", "postgresql");
    settings.put("DATABASE_URL", "jdbc:postgresql://db:5432/ct?sslmode=require");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  @Test
  void postgresqlNeedsAnAddressOrANameOfTheServers() {
    assertThat(config(postgres()).database().location()).isEqualTo("jdbc:postgresql://db:5432/ct");
    assertThat(config(postgres("DATABASE_URL", "", "DATABASE_JNDI", "jdbc/ct")).database())
        .satisfies(database -> assertThat(database.location()).isEqualTo("jdbc/ct"))
        .satisfies(database -> assertThat(database.locationKey()).isEqualTo("DATABASE_JNDI"));
    for (Map<String, String> wrong :
        List.of(postgres("DATABASE_URL", ""), postgres("DATABASE_JNDI", "java:comp/env/jdbc/ct"))) {
      assertThatExceptionOfType(InvalidSetting.class)
          .isThrownBy(() -> config(wrong))
          .withMessageStartingWith("DATABASE_URL must be ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://ct:hidden@db/ct",
        "jdbc:postgresql://ct:hidden@db/ct",
        "jdbc:postgresql://db/ct?user=ct&password=hidden",
        "jdbc:postgresql://db/ct?sslPassword=hidden",
        "jdbc:postgresql://db",
        "jdbc:mysql://db/ct",
        "ct:hidden@db"
      })
  void anAddressThatIsNoneIsRefusedAndNoPasswordIsShown(String url) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config(postgres("DATABASE_URL", url)))
        .withMessageStartingWith("DATABASE_URL must be ")
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("hidden"));
  }

  @Test
  void aNameThatLeadsToAnotherMachineIsRefused() {
    Map<String, String> remote =
        postgres("DATABASE_URL", "", "DATABASE_JNDI", "ldap://evil.example/x");
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config(remote))
        .withMessageStartingWith("DATABASE_JNDI must be ");
  }

  @Test
  void whereInstancesShareKeysTheyShareTheSecretAsWell() {
    for (String key : List.of("AUTH", "ADMIN_KEY")) {
      Map<String, String> without = postgres(key, key.equals("AUTH") ? "on" : "ct_admin");
      assertThatExceptionOfType(InvalidSetting.class)
          .isThrownBy(() -> config(without))
          .withMessageStartingWith("HASH_SECRET must be ");
      without.put("HASH_SECRET", SECRET);
      assertThat(config(without).access().hashSecret()).isEqualTo(new Secret(SECRET));
    }
    assertThat(config(postgres()).access().hashSecret()).isNull();
  }

  @Test
  void noSettingShowsThePassword() {
    AppConfig config =
        config(
            postgres(
                "DATABASE_PASSWORD", "hidden", "DATABASE_URL", "jdbc:postgresql://db/ct?x=hidden"));
    assertThat(config.toString()).doesNotContain("hidden");
    assertThat(config.database().password()).isEqualTo(new Secret("hidden"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADMIN_KEY", "HASH_SECRET", "DATABASE_PASSWORD"})
  void aSecretMayBeTheContentOfAFile(String key, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    assertThat(config(key + "_FILE", file.toString())).isEqualTo(config(key, SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADMIN_KEY", "HASH_SECRET"})
  void aSecretIsGivenOnceOnlyAndNotShown(String key) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config(Map.of(key, SECRET, key + "_FILE", "secret.txt")))
        .withMessage("%s must be given once: as %s or as %s_FILE", key, key, key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADMIN_KEY", "HASH_SECRET"})
  void aSecretsFileThatIsMissingOrEmptyIsRefused(String key, @TempDir Path folder)
      throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), " \n");
    for (Path file : List.of(empty, folder.resolve("missing"), folder)) {
      assertThatExceptionOfType(InvalidSetting.class)
          .isThrownBy(() -> config(key + "_FILE", file.toString()))
          .withMessage(
              "%s_FILE must be a file that can be read and is not empty, but is '%s'", key, file);
    }
  }

  @Test
  void aHashSecretThatIsTooShortIsRefusedAndNotShown() {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config("HASH_SECRET", SECRET.substring(1)))
        .withMessage("HASH_SECRET must be a text of at least 32 characters");
  }

  @Test
  void noSecretIsInTheTextOfTheSettings() {
    assertThat(config(Map.of("ADMIN_KEY", "ct_admin", "HASH_SECRET", SECRET)).toString())
        .doesNotContain("ct_admin", SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void blankCountsAsUnset(String blank) {
    for (String key :
        new String[] {
          "PORT",
          "BIND",
          "APP_ENV",
          "STORAGE",
          "DATABASE_FILE",
          "LOG_LEVEL",
          "AUTH",
          "ADMIN_KEY",
          "ADMIN_KEY_FILE",
          "HASH_SECRET",
          "HASH_SECRET_FILE",
          "REQUESTS_PER_MINUTE",
          "REPORTS_PER_MINUTE",
          "FAILURES_PER_MINUTE",
          "CORS_ORIGINS",
          "TRUSTED_PROXIES",
          "BODY_TIME_MS",
          "mp.jwt.verify.publickey",
          "mp.jwt.verify.publickey.location",
          "mp.jwt.verify.publickey.algorithm",
          "mp.jwt.verify.issuer",
          "mp.jwt.verify.audiences",
          "mp.jwt.verify.clock.skew",
          "mp.jwt.verify.token.age",
          "JWT_GROUP_ROLES",
          "JWT_PROJECTS_CLAIM",
          "MAX_NAME_LENGTH",
          "MAX_DESCRIPTION_LENGTH",
          "MAX_TYPE_LENGTH",
          "MAX_ERROR_MESSAGE_LENGTH",
          "MAX_METADATA_BYTES",
          "MAX_BODY_BYTES",
          "PAGE_SIZE",
          "MAX_PAGE_SIZE",
          "MAX_EXPORTS",
          "MAX_STREAMS",
          "WRITE_WAIT_MS"
        }) {
      assertThat(config(key, blank)).as(key).isEqualTo(config(Map.of()));
    }
  }

  @Test
  void spaceAroundAValueIsNoPartOfIt() {
    assertThat(config("PORT", " 4000\n").port()).isEqualTo(4000);
    assertThat(config("STORAGE", " memory ").storage()).isEqualTo(StorageKind.MEMORY);
  }

  @Test
  void constantsAreReadInAnyCase() {
    assertThat(config("STORAGE", "Memory").storage()).isEqualTo(StorageKind.MEMORY);
    assertThat(config("APP_ENV", "PRODUCTION").appEnv()).isEqualTo(AppEnv.PRODUCTION);
    assertThat(config("LOG_LEVEL", "Warning").logLevel()).isEqualTo(Level.WARNING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PORT                     | 0          | a whole number from 1 to 65535
          PORT                     | 65536      | a whole number from 1 to 65535
          PORT                     | -1         | a whole number from 1 to 65535
          PORT                     | abc        | a whole number from 1 to 65535
          PORT                     | 80.5       | a whole number from 1 to 65535
          PORT                     | 0x50       | a whole number from 1 to 65535
          PORT                     | 4294967376 | a whole number from 1 to 65535
          APP_ENV                  | staging    | one of development, production
          STORAGE                  | postgres   | one of sqlite, postgresql, memory
          LOG_LEVEL                | DEBUG      | one of SEVERE, WARNING, INFO, FINE, FINER
          LOG_LEVEL                | OFF        | one of SEVERE, WARNING, INFO, FINE, FINER
          AUTH                     | true       | one of on, off
          REQUESTS_PER_MINUTE      | -1         | a whole number from 0 to 100000000
          REPORTS_PER_MINUTE       | 100000001  | a whole number from 0 to 100000000
          FAILURES_PER_MINUTE      | 0          | a whole number from 1 to 100000000
          BODY_TIME_MS             | 99         | a whole number from 100 to 30000
          BODY_TIME_MS             | 30001      | a whole number from 100 to 30000
          MAX_NAME_LENGTH          | 0          | a whole number from 1 to 1000
          MAX_NAME_LENGTH          | 1001       | a whole number from 1 to 1000
          MAX_DESCRIPTION_LENGTH   | 100001     | a whole number from 1 to 100000
          MAX_TYPE_LENGTH          | x          | a whole number from 1 to 1000
          MAX_ERROR_MESSAGE_LENGTH | 99         | a whole number from 100 to 1000000
          MAX_METADATA_BYTES       | 1          | a whole number from 2 to 10000000
          MAX_BODY_BYTES           | 1023       | a whole number from 1024 to 100000000
          MAX_PAGE_SIZE            | 10001      | a whole number from 1 to 10000
          MAX_STREAMS              | 10001      | a whole number from 0 to 10000
          PAGE_SIZE                | 501        | a whole number from 1 to 500
          PAGE_SIZE                | 0          | a whole number from 1 to 500
          MAX_EXPORTS              | 0          | a whole number from 1 to 100
          MAX_EXPORTS              | 101        | a whole number from 1 to 100
          WRITE_WAIT_MS            | 9          | a whole number from 10 to 600000
          """)
  void aWrongValueIsToldWithItsKeyAndWhatWouldBeRight(String key, String value, String expected) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config(key, value))
        .withMessage("%s must be %s, but is '%s'", key, expected, value);
  }

  @Test
  void aPathThatCannotBeOneIsRefused() {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config("DATABASE_FILE", "a\0b"))
        .withMessageStartingWith("DATABASE_FILE must be the path of a file, but is '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"30\n00", "30\r\n00", "a\u001b[31mb"})
  void theRefusalIsOneLineWhateverTheValue(String value) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config("PORT", value))
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
  }

  @Test
  void aSmallMaximumMakesTheDefaultPageSmaller() {
    assertThat(config("MAX_PAGE_SIZE", "20").limits().pageSize()).isEqualTo(20);
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config(Map.of("MAX_PAGE_SIZE", "20", "PAGE_SIZE", "21")))
        .withMessage("PAGE_SIZE must be a whole number from 1 to 20, but is '21'");
  }

  @Test
  void aRelativeDatabaseFileIsMadeAbsolute() {
    Path file = config("DATABASE_FILE", "./x/../y.db").databaseFile();
    assertThat(file).isAbsolute().hasFileName("y.db");
    assertThat(file).isEqualTo(file.normalize());
  }
}
