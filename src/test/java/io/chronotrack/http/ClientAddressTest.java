package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.config.AppConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

  private static final String PROXY = "10.0.0.1";

  private final ClientAddress trustingNobody = new ClientAddress(List.of());

  private final ClientAddress trustingOurProxies =
      new ClientAddress(
          AppConfig.from(
                  key ->
                      Optional.ofNullable(
                          Map.of("TRUSTED_PROXIES", "10.0.0.0/8, fd00::/8").get(key)))
              .web()
              .trustedProxies());

  @Test
  void whoIsNotTrustedCannotSpeakForOthers() {
    assertThat(trustingNobody.of("10.0.0.1", List.of("203.0.113.9"))).isEqualTo("10.0.0.1");
    assertThat(trustingOurProxies.of("192.0.2.1", List.of("203.0.113.9"))).isEqualTo("192.0.2.1");
  }

  @Test
  void aTrustedProxyThatTellsNothingIsTheClient() {
    assertThat(trustingOurProxies.of(PROXY, List.of())).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9                       | 203.0.113.9",
        "198.51.100.1, 203.0.113.9         | 203.0.113.9",
        "198.51.100.1,203.0.113.9,10.2.3.4 | 203.0.113.9",
        "10.9.9.9, 203.0.113.9, 10.2.3.4   | 203.0.113.9",
        "10.9.9.9, 10.2.3.4                | 10.9.9.9",
        "203.0.113.9, fd00::7              | 203.0.113.9",
        "2001:db8::1                       | 2001:db8:0:0:0:0:0:1",
        "203.0.113.9:41234                 | 203.0.113.9",
        "[2001:db8::1]:41234               | 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]                     | 2001:db8:0:0:0:0:0:1",
        "::ffff:203.0.113.9                | 203.0.113.9"
      })
  void theRightMostAddressThatIsNoProxyOfOursIsTheClient(String forwardedFor, String client) {
    assertThat(trustingOurProxies.of(PROXY, List.of(forwardedFor))).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``",
        "unknown",
        "_hidden",
        "203.0.113.256",
        "203.0.113.9, ",
        "203.0.113.9, example.org",
        "for=203.0.113.9",
        "\"203.0.113.9\"",
        "203.0.113.9 198.51.100.1",
        "[203.0.113.9",
        "fe80::1%eth0"
      })
  void whatIsNoAddressLeavesTheProxy(String garbage) {
    assertThat(trustingOurProxies.of(PROXY, List.of(garbage))).isEqualTo(PROXY);
  }

  @Test
  void garbageFromAProxyBehindTheFirstLeavesThatOne() {
    assertThat(trustingOurProxies.of(PROXY, List.of("203.0.113.9, ?, 10.2.3.4")))
        .isEqualTo("10.2.3.4");
  }

  @Test
  void severalHeadersAreOneListInTheirOrder() {
    assertThat(trustingOurProxies.of(PROXY, List.of("198.51.100.1", "203.0.113.9, 10.2.3.4")))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void anAddressIsWrittenInOneWayWhicheverInterfaceItCameBy() {
    assertThat(trustingNobody.of("fe80::1%eth0", List.of())).isEqualTo("fe80:0:0:0:0:0:0:1");
    assertThat(trustingNobody.of("::1", List.of())).isEqualTo("0:0:0:0:0:0:0:1");
  }
}
