package io.chronotrack.storage;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Connections of one kind.
 *
 * @param source gives them out, also to those who did not wait
 * @param turnstile where those wait who want one
 */
public record Connections(DataSource source, Turnstile turnstile) {

  /** Those that nobody has to wait for here. */
  static Connections toAll(DataSource source) {
    return new Connections(source, Turnstile.open());
  }

  /**
   * One of them, to be closed by whoever asked for it.
   *
   * @throws SQLException if there is none to be had
   */
  public Connection open() throws SQLException {
    return source.getConnection();
  }
}
