package io.chronotrack.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as its owner has it: {@code ct_<lookup>_<secret><checksum>}.
 *
 * <p>The prefix lets secret scanners recognise it and the checksum, a CRC-32 of all that precedes
 * it, lets them tell a real one from a lookalike without asking anybody. The lookup part finds the
 * key's record and is no secret. All three are written in base 62; the secret's 30 digits carry 178
 * bits.
 *
 * @param lookup the public part
 * @param text the whole key
 */
public record KeyText(String lookup, String text) {

  private static final String PREFIX = "ct_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int LOOKUP = 10;
  private static final int SECRET = 30;
  private static final int CHECKSUM = 6;
  private static final Pattern FORM =
      Pattern.compile("ct_[0-9A-Za-z]{" + LOOKUP + "}_[0-9A-Za-z]{" + (SECRET + CHECKSUM) + "}");

  /** A new key. */
  public static KeyText random(SecureRandom random) {
    String lookup = digits(random, LOOKUP);
    String unchecked = PREFIX + lookup + "_" + digits(random, SECRET);
    return new KeyText(lookup, unchecked + checksum(unchecked));
  }

  /** The key that a text is; empty if it is none, as far as can be told without its record. */
  public static Optional<KeyText> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    int end = text.length() - CHECKSUM;
    if (!checksum(text.substring(0, end)).equals(text.substring(end))) {
      return Optional.empty();
    }
    return Optional.of(
        new KeyText(text.substring(PREFIX.length(), PREFIX.length() + LOOKUP), text));
  }

  @Override
  public String toString() {
    return PREFIX + lookup + "_(secret)";
  }

  private static String digits(SecureRandom random, int count) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    var digits = new StringBuilder(CHECKSUM);
    long rest = crc.getValue();
    for (int i = 0; i < CHECKSUM; i++) {
      digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
      rest /= DIGITS.length();
    }
    return digits.reverse().toString();
  }
}
