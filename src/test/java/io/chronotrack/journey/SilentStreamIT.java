package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Someone watches what seldom happens. */
@OnEveryServer
@Order(1) // Mostly waiting: as the last one it would be alone.
@ExtendWith(SharedChronoTrack.class)
class SilentStreamIT {

  /** Together longer than any server lets a request, or a connection that is silent, last. */
  private static final int SIGNS_OF_LIFE = 3;

  private final ApiClient client;

  SilentStreamIT(ApiClient client) {
    this.client = client;
  }

  @Test
  void whoWatchesWhatSeldomHappensIsToldWhenItDoes() throws Exception {
    long job = client.createJob("seldom");
    try (FollowedRuns stream = client.follow("?jobId=" + job)) {
      for (int i = 0; i < SIGNS_OF_LIFE; i++) {
        assertThat(stream.nextHeartbeat()).isEqualTo(": still here");
      }
      long run = client.startRun(job);
      assertThat(stream.next().runId()).isEqualTo(run);
    }
  }
}
