package io.chronotrack.journey;

/** What no client should send, to PostgreSQL. */
@OnEveryServer
@OnPostgres
class HostileInputOnPostgresIT extends HostileInputIT {

  HostileInputOnPostgresIT(ApiClient client, ChronoTrackProcess process) {
    super(client, process);
  }
}
