package io.chronotrack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingsTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static AppConfig config(Map<String, String> settings) {
    return AppConfig.from(key -> Optional.ofNullable(settings.get(key)));
  }

  private static AccessSettings access(String key, String value) {
    return config(Map.of(key, value)).access();
  }

  private static void assertRefused(Map<String, String> settings, String message) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> config(settings))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          development | -   | -         | false | 127.0.0.1
          development | off | -         | false | 127.0.0.1
          development | on  | -         | true  | 127.0.0.1
          production  | -   | -         | true  | 0.0.0.0
          production  | on  | -         | true  | 0.0.0.0
          production  | off | -         | false | 127.0.0.1
          production  | OFF | 10.0.0.1  | false | 10.0.0.1
          production  | On  | 127.0.0.1 | true  | 127.0.0.1
          development | off | 0.0.0.0   | false | 0.0.0.0
          """)
  void whoNeedsACredentialAndFromWhereOneCanCome(
      String appEnv,
      @Nullable String auth,
      @Nullable String bind,
      boolean required,
      String address) {
    Map<String, String> settings = new HashMap<>();
    settings.put("APP_ENV", appEnv);
    settings.put("AUTH", auth == null ? " " : auth);
    settings.put("BIND", bind == null ? "" : bind);
    AppConfig config = config(settings);
    assertThat(config.access().required()).isEqualTo(required);
    assertThat(config.bind()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "yes", "1", "none", "o n"})
  void whatIsNeitherOnNorOffIsRefused(String text) {
    assertRefused(Map.of("AUTH", text), "AUTH must be one of on, off, but is '%s'".formatted(text));
  }

  @Test
  void withoutSettingsTheApplicationMakesItsSecretsItself() {
    assertThat(access("AUTH", "on").adminKey()).isNull();
    assertThat(access("AUTH", "on").hashSecret()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_FILE"})
  void aShortHashSecretIsRefusedAndNotShown(String form, @TempDir Path folder) throws IOException {
    String text = SECRET.substring(1);
    String value =
        form.isEmpty() ? text : Files.writeString(folder.resolve("secret"), text).toString();
    assertRefused(
        Map.of("HASH_SECRET" + form, value),
        "HASH_SECRET must be a text of at least 32 characters");
  }

  @Test
  void aHashSecretJustLongEnoughIsTaken() {
    assertThat(access("HASH_SECRET", SECRET).hashSecret()).isEqualTo(new Secret(SECRET));
  }

  @Test
  void theSpaceAroundASecretIsNotPartOfIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "\n ct_x \r\n");
    assertThat(access("ADMIN_KEY_FILE", file.toString()).adminKey()).isEqualTo(new Secret("ct_x"));
    assertThat(access("ADMIN_KEY", " ct_x ").adminKey()).isEqualTo(new Secret("ct_x"));
    assertRefused(
        Map.of("HASH_SECRET", SECRET.substring(1) + " "),
        "HASH_SECRET must be a text of at least 32 characters");
  }

  @Test
  void aSecretsFileWhosePathIsNoneIsRefused() {
    assertRefused(
        Map.of("ADMIN_KEY_FILE", "a\0b"),
        "ADMIN_KEY_FILE must be a file that can be read and is not empty, but is 'a?b'");
  }

  @Test
  void zeroIsAnyNumberOfRequestsButNotOfFailures() {
    AccessSettings none =
        config(Map.of("REQUESTS_PER_MINUTE", "0", "REPORTS_PER_MINUTE", "0")).access();
    assertThat(none.requestsPerMinute()).isZero();
    assertThat(none.reportsPerMinute()).isZero();
    assertRefused(
        Map.of("FAILURES_PER_MINUTE", "0"),
        "FAILURES_PER_MINUTE must be a whole number from 1 to 100000000, but is '0'");
  }

  @Test
  void theMostThatCanBeAskedForIsTaken() {
    String most = "100000000";
    AccessSettings access =
        config(
                Map.of(
                    "REQUESTS_PER_MINUTE", most,
                    "REPORTS_PER_MINUTE", most,
                    "FAILURES_PER_MINUTE", most))
            .access();
    assertThat(access)
        .isEqualTo(new AccessSettings(false, null, null, 100_000_000, 100_000_000, 100_000_000));
  }
}
