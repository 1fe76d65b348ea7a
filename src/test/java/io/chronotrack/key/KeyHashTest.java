package io.chronotrack.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyHashTest {

  private static final String TEXT = "what do ya want for nothing?";

  private final KeyHash hash = new KeyHash(new Secret("Jefe"));

  @Test
  void itIsTheHmacOfTheStandard() {
    // RFC 4231, section 4.3.
    assertThat(hash.of(TEXT))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void textAndSecretAreReadAsUtf8() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("geheim-ß".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String expected =
        HexFormat.of().formatHex(mac.doFinal("schlüssel 😀".getBytes(StandardCharsets.UTF_8)));
    assertThat(new KeyHash(new Secret("geheim-ß")).of("schlüssel 😀")).isEqualTo(expected);
  }

  @Test
  void anotherSecretGivesAnotherHash() {
    var other = new KeyHash(new Secret("jefe"));
    assertThat(other.of(TEXT)).isNotEqualTo(hash.of(TEXT));
    assertThat(other.matches(hash.of(TEXT), TEXT)).isFalse();
  }

  @Test
  void aTextMatchesItsOwnHashOnly() {
    String stored = hash.of(TEXT);
    assertThat(hash.matches(stored, TEXT)).isTrue();
    assertThat(hash.matches(stored, TEXT + " ")).isFalse();
    assertThat(hash.matches(stored, "")).isFalse();
    assertThat(hash.matches(hash.of(""), TEXT)).isFalse();
    assertThat(hash.matches(stored.substring(2), TEXT)).isFalse();
  }
}
