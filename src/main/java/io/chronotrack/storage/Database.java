package io.chronotrack.storage;

import javax.sql.DataSource;

/**
 * A database of ChronoTrack that is open: it is ours, its tables are up to date, and it runs with
 * the settings that the promises of the stores rest on.
 */
public interface Database extends AutoCloseable {

  /** Connections that write. */
  Connections writers();

  /** Connections that only read. */
  Connections readers();

  /**
   * Connections outside of the server's transactions, for work on much of the data at once: no
   * statement has to end in a certain time. On a database with one writer they take its turn.
   */
  DataSource maintenance();

  /** The class by which Hibernate knows how to speak to it. */
  String dialect();

  /** Whether other processes write to it as well, so that ids must come from its sequences. */
  boolean isShared();

  /** Where it is and how it runs, for the log. */
  String description();

  /** Ends all work on it. */
  @Override
  void close();
}
