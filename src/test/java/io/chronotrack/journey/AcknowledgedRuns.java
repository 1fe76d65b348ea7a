package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What the service said it had stored: the last status of each run. A run goes on from one status
 * to the next of this list only. Safe for use by many threads.
 */
final class AcknowledgedRuns {

  private static final List<String> WAY = List.of("PENDING", "RUNNING", "SUCCESS");

  private final Map<Long, String> statuses = new ConcurrentHashMap<>();
  private final AtomicInteger writes = new AtomicInteger();

  /** Runs by the idempotency key of the request that created them. */
  private final Map<String, Long> created = new ConcurrentHashMap<>();

  void noteCreated(String key, long run, String status) {
    created.put(key, run);
    note(run, status);
  }

  void note(long run, String status) {
    statuses.put(run, status);
    writes.incrementAndGet();
  }

  int writes() {
    return writes.get();
  }

  long lastId() {
    return statuses.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /** Each with the status that was acknowledged, or one step further on. */
  void assertThatAllIsIn(List<JsonObject> runs) {
    Map<Long, String> stored =
        runs.stream()
            .collect(
                Collectors.toMap(
                    run -> run.getJsonNumber("id").longValue(), run -> run.getString("status")));
    assertThat(stored.keySet()).containsAll(statuses.keySet());
    statuses.forEach(
        (run, status) ->
            assertThat(WAY.indexOf(stored.get(run)) - WAY.indexOf(status))
                .as("run %s was acknowledged as %s and is %s", run, status, stored.get(run))
                .isBetween(0, 1));
  }

  /** Whoever repeats the request that created a run gets that run, and creates no other. */
  void assertThatRepetitionsGiveThem(ApiClient client, long job, int most) {
    created.entrySet().stream()
        .limit(most)
        .forEach(
            run -> {
              var wanted = ApiClient.object().add("status", KillIT.statusOf(run.getKey()));
              Exchange repeated = client.createRunOnce(job, run.getKey(), wanted);
              assertThat(repeated.id()).isEqualTo(run.getValue());
              assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
            });
  }

  @Override
  public String toString() {
    return writes + " writes of " + statuses.size() + " runs";
  }
}
