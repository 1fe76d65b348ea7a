package io.chronotrack.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An answer that is written piece by piece, because it may be larger than memory is.
 *
 * @param mediaType its content type, with the charset if it is a text
 * @param fileName what a browser calls the file that it keeps it in
 * @param content writes it
 */
public record Download(String mediaType, String fileName, Content content) {

  /** The bytes of a download. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes all of it, in small pieces.
     *
     * @throws IOException if the client cannot be written to; what fails otherwise is unchecked
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
