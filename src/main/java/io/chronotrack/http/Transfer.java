package io.chronotrack.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;

/**
 * One download on its way to the client. If it cannot be finished, its ending is broken off, and
 * the reason is in the log, once. Where the server itself found that the client has gone there is
 * no ending to be broken off: it ends the connection, and Open Liberty would not if it were
 * hindered.
 *
 * @param ending of the answer
 * @param isStopping whether the service ends
 */
record Transfer(Download download, BreakableEnding ending, BooleanSupplier isStopping) {

  private static final System.Logger LOG = System.getLogger(Transfer.class.getName());

  /** More than most lines have, so that they share a write; few enough to notice a slow client. */
  private static final int PIECE = 16 * 1024;

  /**
   * Writes it.
   *
   * @param isCommitted whether the client has got something: if not, an error can still be told,
   *     and is thrown
   */
  void run(OutputStream out, BooleanSupplier isCommitted) {
    try {
      // Not closed here: that would write the ending of one that has failed.
      var pieces = new BufferedOutputStream(out, PIECE);
      download.content().writeTo(pieces);
      pieces.flush();
    } catch (IOException e) {
      // If the service stops it was us who interrupted it, and the server may think it can go on.
      if (!(e instanceof SteadyOutput.ClientLost) || isStopping.getAsBoolean()) {
        ending.breakOff();
      }
      tellBreak(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      if (!isCommitted.getAsBoolean()) {
        throw e;
      }
      ending.breakOff();
      if (isStopping.getAsBoolean()) {
        tellBreak(String.valueOf(e.getMessage()));
      } else {
        LOG.log(Level.ERROR, download.fileName() + " broke off", e);
      }
    }
  }

  /** For a reason that is no defect. */
  private void tellBreak(String reason) {
    LOG.log(
        Level.INFO,
        "{0} broke off: {1}",
        download.fileName(),
        isStopping.getAsBoolean() ? "the service stops" : reason);
    // The server is about to flush, and would wait for the client once more.
    Thread.currentThread().interrupt();
  }
}
