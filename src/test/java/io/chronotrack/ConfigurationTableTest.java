package io.chronotrack;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.config.AppConfig;
import io.chronotrack.config.InvalidSetting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of settings in {@code README.md} is what the code reads. */
class ConfigurationTableTest {

  private static final Pattern RANGE = Pattern.compile("([0-9]+) to ([0-9]+)");

  /** A row of the table. */
  private record Setting(String key, List<String> defaults, String allowed) {

    static Setting of(List<String> row) {
      return new Setting(
          MarkdownDocument.codeIn(row.get(0)).get(0),
          MarkdownDocument.codeIn(row.get(1)),
          row.get(2));
    }
  }

  private static final Map<String, Setting> SETTINGS =
      MarkdownDocument.read("README.md").table("Configuration").stream()
          .skip(1)
          .map(Setting::of)
          .collect(toMap(Setting::key, identity()));

  @Test
  void everySettingThatTheCodeReadsIsInTheTableAndNoOther() {
    Set<String> read = new TreeSet<>();
    AppConfig.from(
        key -> {
          read.add(key);
          return Optional.empty();
        });

    assertThat(SETTINGS.keySet()).containsExactlyInAnyOrderElementsOf(read);
  }

  @Test
  void theDefaultsOfTheTableAreThoseOfTheCode() {
    AppConfig written = AppConfig.from(key -> documented(key).defaults().stream().findFirst());

    assertThat(written).isEqualTo(AppConfig.from(key -> Optional.empty()));
  }

  @Test
  void theSecondDefaultOfASettingIsTheOneInProduction() {
    AppConfig production = AppConfig.from(settings(Map.of("APP_ENV", "production")));

    assertThat(documented("BIND").defaults()).endsWith(production.bind());
    assertThat(documented("AUTH").defaults())
        .endsWith(production.access().required() ? "on" : "off");
  }

  static Stream<Setting> settingsWithARange() {
    return SETTINGS.values().stream().filter(s -> RANGE.matcher(s.allowed()).matches());
  }

  @ParameterizedTest
  @MethodSource("settingsWithARange")
  void theRangesOfTheTableAreThoseOfTheCode(Setting setting) {
    Matcher range = RANGE.matcher(setting.allowed());
    assertThat(range.matches()).isTrue();
    int least = Integer.parseInt(range.group(1));
    int most = Integer.parseInt(range.group(2));

    assertThat(AppConfig.from(with(setting, least))).isNotNull();
    assertThat(AppConfig.from(with(setting, most))).isNotNull();
    assertThatThrownBy(() -> AppConfig.from(with(setting, least - 1)))
        .isInstanceOf(InvalidSetting.class);
    assertThatThrownBy(() -> AppConfig.from(with(setting, most + 1)))
        .isInstanceOf(InvalidSetting.class);
  }

  private static Setting documented(String key) {
    return Optional.ofNullable(SETTINGS.get(key))
        .orElseThrow(() -> new AssertionError("README.md does not have " + key));
  }

  private static Function<String, Optional<String>> with(Setting setting, int value) {
    return settings(Map.of(setting.key(), Integer.toString(value)));
  }

  private static Function<String, Optional<String>> settings(Map<String, String> values) {
    return key -> Optional.ofNullable(values.get(key));
  }
}
