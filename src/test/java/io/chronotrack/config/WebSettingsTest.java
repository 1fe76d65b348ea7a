package io.chronotrack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSettingsTest {

  private static WebSettings settings(Map<String, String> values) {
    return AppConfig.from(key -> Optional.ofNullable(values.get(key))).web();
  }

  private static boolean isTrusted(String proxies, String address) {
    return settings(Map.of("TRUSTED_PROXIES", proxies)).trustedProxies().stream()
        .anyMatch(block -> block.contains(IpAddress.parse(address).orElseThrow()));
  }

  @Test
  void withoutSettingsNobodyIsLetInOrTrusted() {
    WebSettings defaults = settings(Map.of());
    assertThat(defaults.corsOrigins()).isEmpty();
    assertThat(defaults.trustedProxies()).isEmpty();
    assertThat(defaults.bodyTimeMs()).isEqualTo(15_000);
    assertThat(settings(Map.of("CORS_ORIGINS", "none", "TRUSTED_PROXIES", "NONE")))
        .isEqualTo(defaults);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.org",
        "http://localhost:5173",
        "https://[2001:db8::1]:8443",
        "http://192.0.2.1",
        "chrome-extension://abcdefghijklmnop"
      })
  void anOriginIsTakenAsItIsWritten(String origin) {
    assertThat(settings(Map.of("CORS_ORIGINS", origin)).corsOrigins()).containsExactly(origin);
  }

  @Test
  void originsAreAListOrAllOfThem() {
    assertThat(
            settings(Map.of("CORS_ORIGINS", " https://a.example , http://b.example")).corsOrigins())
        .containsExactlyInAnyOrder("https://a.example", "http://b.example");
    assertThat(settings(Map.of("CORS_ORIGINS", "*")).corsOrigins())
        .containsExactly(WebSettings.ANY_ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "app.example.org",
        "https://app.example.org/",
        "https://app.example.org/path",
        "https://app.example.org?x",
        "https://app.example.org#x",
        "https://user@app.example.org",
        "https://App.example.org",
        "HTTPS://app.example.org",
        "https://app.example.org:443",
        "http://app.example.org:80",
        "http://app.example.org:",
        "https://*.example.org",
        "https://a.example,*",
        "https://a.example,,https://b.example",
        "https://a.example https://b.example",
        "https://a.example,none",
        "https:",
        "://a"
      })
  void whatNoBrowserSendsAsOriginIsRefused(String origins) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> settings(Map.of("CORS_ORIGINS", origins)))
        .withMessageStartingWith("CORS_ORIGINS must be ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1            | 10.0.0.1            | true",
        "10.0.0.1            | 10.0.0.2            | false",
        "10.0.0.0/8          | 10.255.0.1          | true",
        "10.0.0.0/8          | 11.0.0.1            | false",
        "192.0.2.128/25      | 192.0.2.127         | false",
        "192.0.2.128/25      | 192.0.2.255         | true",
        "10.0.0.1,10.0.0.3   | 10.0.0.3            | true",
        "0.0.0.0/0           | 203.0.113.9         | true",
        "0.0.0.0/0           | ::1                 | false",
        "::/0                | 10.0.0.1            | false",
        "2001:db8::/33       | 2001:db8:7fff::1    | true",
        "2001:db8::/33       | 2001:db8:8000::1    | false",
        "::1                 | 0:0:0:0:0:0:0:1     | true",
        "10.0.0.1            | ::ffff:10.0.0.1     | true"
      })
  void aBlockHasTheAddressesThatBeginLikeIt(String proxies, String address, boolean trusted) {
    assertThat(isTrusted(proxies, address)).isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "proxy.example.org",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.1.",
        "010.0.0.1x",
        "167772161",
        "10.0.0.1/33",
        "10.0.0.1/-1",
        "10.0.0.1/",
        "10.0.0.1/8/8",
        "::1/129",
        ":::1",
        "1:2:3",
        "::g",
        "fe80::1%eth0",
        "[::1]",
        "10.0.0.1,",
        "10.0.0.1 10.0.0.2"
      })
  void whatIsNoAddressIsRefused(String proxies) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> settings(Map.of("TRUSTED_PROXIES", proxies)))
        .withMessageStartingWith("TRUSTED_PROXIES must be ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "30001", "15s"})
  void aTimeForBodiesThatIsTooShortOrTooLongIsRefused(String millis) {
    assertThatExceptionOfType(InvalidSetting.class)
        .isThrownBy(() -> settings(Map.of("BODY_TIME_MS", millis)))
        .withMessageStartingWith("BODY_TIME_MS must be ");
  }
}
