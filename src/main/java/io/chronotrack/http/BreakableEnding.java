package io.chronotrack.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;

/**
 * The end of an answer in chunks, which can be kept from being written: then the client sees that
 * what it got is not all.
 *
 * <p>Payara ends an answer properly whatever was thrown while it was written, and a file that is
 * cut off would look whole. There is no method to cut a connection; but the server asks for the
 * fields behind the last chunk (the trailer) when it is about to write that, and gives up if it
 * gets an exception.
 */
final class BreakableEnding {

  private static final System.Logger LOG = System.getLogger(BreakableEnding.class.getName());

  private final boolean isInChunks;
  private volatile boolean broken;

  private BreakableEnding(HttpServletResponse answer) {
    isInChunks = isAsked(answer);
  }

  /** The end of an answer of which nothing has been written. */
  static BreakableEnding of(HttpServletResponse answer) {
    return new BreakableEnding(answer);
  }

  private boolean isAsked(HttpServletResponse answer) {
    try {
      answer.setTrailerFields(this::trailer);
      return true;
    } catch (IllegalStateException e) {
      // HTTP/1.0 has no chunks: there the end of the connection is the end of every answer.
      LOG.log(Level.DEBUG, "The answer has no chunks", e);
      return false;
    }
  }

  /** Whether the answer can be in chunks: if not, it has no end that could be kept back. */
  boolean isInChunks() {
    return isInChunks;
  }

  void breakOff() {
    broken = true;
  }

  private Map<String, String> trailer() {
    if (broken) {
      BreakableEnding.<RuntimeException>throwUndeclared(new IOException("the answer broke off"));
    }
    return Map.of();
  }

  /**
   * As if it were unchecked: what the server expects of a write that fails is this and no other.
   */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwUndeclared(IOException failure) throws E {
    throw (E) failure;
  }
}
