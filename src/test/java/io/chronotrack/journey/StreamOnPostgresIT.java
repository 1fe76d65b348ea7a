package io.chronotrack.journey;

/** Someone watches what happens to runs that PostgreSQL keeps. */
@OnEveryServer
@OnPostgres
class StreamOnPostgresIT extends StreamIT {

  StreamOnPostgresIT(ChronoTrackProcess process, ApiClient client) {
    super(process, client);
  }
}
