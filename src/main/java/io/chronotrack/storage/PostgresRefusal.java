package io.chronotrack.storage;

import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.config.InvalidSetting;
import java.sql.SQLException;
import java.util.Optional;

/** Which setting is to be mended, and how, where a PostgreSQL database cannot be used. */
final class PostgresRefusal {

  private PostgresRefusal() {}

  /** For what PostgreSQL or the driver said. */
  static InvalidSetting after(DatabaseSettings settings, Exception failure) {
    String state = PostgresFailures.state(failure).orElse("");
    return switch (state) {
      case "28P01", "08004" ->
          InvalidSetting.ofSecret(
              "DATABASE_PASSWORD",
              "the password of the role that is in DATABASE_USER (PostgreSQL does not accept it)");
      case "28000" ->
          new InvalidSetting(
              "DATABASE_USER",
              "a role that may log in to the database from here",
              String.valueOf(settings.user()));
      case "3D000" -> unusable(settings, "a database that exists");
      case PostgresFailures.NOT_ALLOWED -> noRights(settings);
      default ->
          state.startsWith("08")
              ? unusable(settings, "a database that can be reached")
              : unusable(settings, "a database that can be used now (" + said(failure) + ")");
    };
  }

  /** The words of the database, which has no secrets of ours, on one line. */
  private static String said(Exception failure) {
    Throwable cause = failure;
    while (!(cause instanceof SQLException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause.getMessage()).orElse(cause.toString()).replace('\n', ' ');
  }

  static InvalidSetting noRights(DatabaseSettings settings) {
    return new InvalidSetting(
        "DATABASE_USER",
        "a role that may create tables in its schema and use them",
        String.valueOf(settings.user()));
  }

  static InvalidSetting foreign(DatabaseSettings settings) {
    return unusable(settings, "a database of ChronoTrack or an empty one, not another program's");
  }

  /** For the place that the database is at. */
  static InvalidSetting unusable(DatabaseSettings settings, String expected) {
    return new InvalidSetting(settings.locationKey(), expected, settings.location());
  }
}
