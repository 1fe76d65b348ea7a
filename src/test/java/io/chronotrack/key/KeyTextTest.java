package io.chronotrack.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(62);
  private static final int CHECKSUM = 6;

  /** Never changed: keys of this form are in use. */
  private static final String KNOWN = "ct_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcd27r5dZ";

  private static KeyText random() {
    return KeyText.random(new SecureRandom());
  }

  /** The number that digits of base 62 stand for. */
  private static BigInteger number(String digits) {
    return digits
        .chars()
        .mapToObj(digit -> BigInteger.valueOf(DIGITS.indexOf(digit)))
        .reduce(BigInteger.ZERO, (sum, digit) -> sum.multiply(BASE).add(digit));
  }

  private static long crc(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  @RepeatedTest(50)
  void aKeyHasAPrefixALookupASecretAndAChecksum() {
    KeyText key = random();
    assertThat(key.text()).matches("ct_[0-9A-Za-z]{10}_[0-9A-Za-z]{36}").hasSize(50);
    assertThat(key.text()).startsWith("ct_" + key.lookup() + "_");
  }

  @RepeatedTest(50)
  void theChecksumIsTheCrc32OfAllThatPrecedesItInBase62() {
    String text = random().text();
    int end = text.length() - CHECKSUM;
    assertThat(number(text.substring(end))).isEqualTo(crc(text.substring(0, end)));
  }

  @Test
  void theSecretHasMoreBitsThanCanBeTriedOut() {
    assertThat(BASE.pow(30).bitLength() - 1).isGreaterThanOrEqualTo(160);
    Set<String> secrets = new HashSet<>();
    Set<String> lookups = new HashSet<>();
    Set<Character> digits = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      KeyText key = random();
      String secret = key.text().substring(14, 44);
      secrets.add(secret);
      lookups.add(key.lookup());
      secret.chars().forEach(digit -> digits.add((char) digit));
    }
    assertThat(secrets).hasSize(500);
    assertThat(lookups).hasSize(500);
    assertThat(digits).hasSize(62);
  }

  @RepeatedTest(50)
  void whatWasMadeIsRead() {
    KeyText key = random();
    assertThat(KeyText.parse(key.text())).contains(key);
  }

  @Test
  void aKeyOfEarlierIsStillRead() {
    assertThat(KeyText.parse(KNOWN)).contains(new KeyText("0123456789", KNOWN));
  }

  @Test
  void noSingleCharacterCanBeAnother() {
    String text = random().text();
    for (int at = 0; at < text.length(); at++) {
      for (char other = ' '; other <= 'ä'; other++) {
        if (text.charAt(at) != other) {
          String changed = text.substring(0, at) + other + text.substring(at + 1);
          assertThat(KeyText.parse(changed)).as(changed).isEmpty();
        }
      }
    }
  }

  @Test
  void noTwoNeighboursCanChangePlaces() {
    String text = random().text();
    for (int at = 1; at < text.length(); at++) {
      String changed =
          text.substring(0, at - 1)
              + text.charAt(at)
              + text.charAt(at - 1)
              + text.substring(at + 1);
      assertThat(KeyText.parse(changed)).isEqualTo(expected(changed, text));
    }
  }

  /** Two equal characters may change places. */
  private static Optional<KeyText> expected(String changed, String text) {
    return changed.equals(text)
        ? Optional.of(new KeyText(text.substring(3, 13), text))
        : Optional.empty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ct_", "ct__", "Bearer", "ct_0123456789", "ct_0123456789_"})
  void whatIsNoKeyIsRefused(String text) {
    assertThat(KeyText.parse(text)).isEmpty();
  }

  @Test
  void aKeyStandsAloneAndIsWhole() {
    for (String wrong :
        List.of(
            " " + KNOWN,
            KNOWN + " ",
            KNOWN + "\n",
            KNOWN + "0",
            KNOWN.substring(1),
            KNOWN.substring(0, KNOWN.length() - 1),
            KNOWN + KNOWN)) {
      assertThat(KeyText.parse(wrong)).as(wrong).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CT_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcd",
    "ct-0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcd",
    "ct_012345678_ABCDEFGHIJKLMNOPQRSTUVWXYZabcde",
    "ct_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabc",
    "ct_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZab-d"
  })
  void aGoodChecksumDoesNotMakeUpForAWrongForm(String unchecked) {
    var digits = new StringBuilder();
    BigInteger rest = BigInteger.valueOf(crc(unchecked));
    for (int i = 0; i < CHECKSUM; i++) {
      digits.insert(0, DIGITS.charAt(rest.mod(BASE).intValue()));
      rest = rest.divide(BASE);
    }
    assertThat(KeyText.parse(unchecked + digits)).isEmpty();
  }

  @Test
  void theReadableFormHasNothingOfTheSecret() {
    KeyText key = random();
    assertThat(key).hasToString("ct_" + key.lookup() + "_(secret)");
  }
}
