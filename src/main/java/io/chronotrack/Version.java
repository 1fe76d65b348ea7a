package io.chronotrack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Which release this is, as the build wrote it into {@code version.txt}. */
final class Version {

  static final String CURRENT = read();

  private Version() {}

  private static String read() {
    try (InputStream text = Version.class.getResourceAsStream("/version.txt")) {
      if (text == null) {
        throw new IllegalStateException("version.txt is missing from the application");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
