package io.chronotrack.journey;

/** The same races, decided by the versions of rows. */
@OnEveryServer
@OnPostgres
class RaceOnPostgresIT extends RaceIT {

  RaceOnPostgresIT(ApiClient client) {
    super(client);
  }
}
