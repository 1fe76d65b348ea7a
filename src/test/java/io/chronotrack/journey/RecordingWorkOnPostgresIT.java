package io.chronotrack.journey;

/** The story that ChronoTrack is for, told to PostgreSQL. */
@OnPostgres
class RecordingWorkOnPostgresIT extends RecordingWorkIT {

  RecordingWorkOnPostgresIT(ApiClient client) {
    super(client);
  }
}
