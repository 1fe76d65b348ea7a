package io.chronotrack.http;

import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The text form of a position in a list: opaque, safe in a URL, and bound to the list and its
 * filters, so that it cannot be used for another one by mistake.
 *
 * <p>It is no secret and no permission. Its bytes are a version, a digest of the list and its
 * filters, the direction of reading and the position; every instance of the application can read
 * it.
 */
final class Cursors {

  private static final byte FORM = 2;
  private static final byte FORWARD = 0;
  private static final byte BACKWARD = 1;
  private static final int BYTES = 2 + 3 * Long.BYTES;

  /** Added to the direction where a text follows. */
  private static final byte WITH_TEXT = 2;

  private Cursors() {}

  /**
   * @param isBackward whether the items before the position are wanted, and not those behind it
   */
  static String encode(Position position, boolean isBackward, String filters) {
    byte[] text = position.text().getBytes(StandardCharsets.UTF_8);
    int direction = (isBackward ? BACKWARD : FORWARD) + (text.length > 0 ? WITH_TEXT : 0);
    byte[] bytes =
        ByteBuffer.allocate(BYTES + text.length)
            .put(FORM)
            .putLong(digest(filters))
            .put((byte) direction)
            .putLong(position.major())
            .putLong(position.minor())
            .put(text)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What a cursor asks for; empty if the text is none, or is one of another list. */
  static Optional<PageRequest> decode(String cursor, String filters, int limit) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      // Not Base64, hence never made by encode.
      return Optional.empty();
    }
    var buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < BYTES || buffer.get() != FORM || buffer.getLong() != digest(filters)) {
      return Optional.empty();
    }
    byte direction = buffer.get();
    boolean hasText = (direction & WITH_TEXT) != 0;
    if (direction > WITH_TEXT + BACKWARD
        || direction < FORWARD
        || hasText != bytes.length > BYTES) {
      return Optional.empty();
    }
    long major = buffer.getLong();
    long minor = buffer.getLong();
    String text = StandardCharsets.UTF_8.decode(buffer).toString();
    boolean isBackward = (direction & BACKWARD) != 0;
    return Optional.of(new PageRequest(limit, new Position(major, minor, text), isBackward));
  }

  private static long digest(String filters) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha.digest(filters.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
