package io.chronotrack.http;

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
 * filters, and the position; every instance of the application can read it.
 */
final class Cursors {

  private static final byte FORM = 1;
  private static final int BYTES = 1 + 3 * Long.BYTES;

  private Cursors() {}

  static String encode(Position position, String filters) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .put(FORM)
            .putLong(digest(filters))
            .putLong(position.major())
            .putLong(position.minor())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The position of a cursor; empty if the text is none, or is one of another list. */
  static Optional<Position> decode(String cursor, String filters) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      // Not Base64, hence never made by encode.
      return Optional.empty();
    }
    var buffer = ByteBuffer.wrap(bytes);
    if (bytes.length != BYTES || buffer.get() != FORM || buffer.getLong() != digest(filters)) {
      return Optional.empty();
    }
    return Optional.of(new Position(buffer.getLong(), buffer.getLong()));
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
