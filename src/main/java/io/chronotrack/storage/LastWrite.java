package io.chronotrack.storage;

import org.hibernate.Session;

/**
 * What a transaction collects and writes at its end, after everything else: sums of what its
 * commands do, which would else be written again and again, and rows that are held for no longer
 * than needed.
 */
public interface LastWrite {

  /** Writes what was collected. Called once, or never, if the transaction fails before. */
  void write(Session session);

  /**
   * Whether it takes rows that other transactions may want as well, and so is written when
   * everything else has been.
   */
  default boolean isContended() {
    return false;
  }
}
