package io.chronotrack.journey;

/** The story that ChronoTrack is for, told to PostgreSQL. */
@OnEveryServer
@OnPostgres
class RecordingWorkOnPostgresIT extends RecordingWorkIT {

  RecordingWorkOnPostgresIT(ApiClient client) {
    super(client);
  }
}
