package io.chronotrack.run;

import io.chronotrack.job.Job;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random runs with much in common: the same milliseconds, durations, messages and members. */
public final class SampleHistory {

  private static final List<RunStatus> STATUSES = List.of(RunStatus.values());

  private static final String[] MESSAGES = {
    null, "Timeout after 30 s", "100%_full", "it's Ärger", "TIMEOUT'); DROP TABLE job_runs; --"
  };

  private static final String[] METADATA = {
    null,
    "{\"env\":\"prod\",\"rows\":12,\"flag\":true}",
    "{\"env\":\"test\",\"rows\":1.50,\"flag\":false,\"a\":{\"b\":\"c d\"}}",
    "{\"env\":7,\"rows\":1E+3,\"flag\":null,\"a\":[1,{\"b\":\"c d\"}]}",
    "{\"env\":\"\\u0000\",\"ä 'x%\":\"%\",\"a\":{\"b\":null},\"rows\":\"12\"}",
    "{\"$.env\":\"prod\",\"[0]\":\"prod\",\"a\":\"{}\",\"flag\":\"true\"}"
  };

  private SampleHistory() {}

  /**
   * A run.
   *
   * @param number rises with the runs of a job, and makes its external id
   */
  public static JobRun run(long id, Job job, int number, Random random) {
    RunStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
    Instant created = SampleRuns.CREATED.plusMillis(number / 7);
    // Whole seconds, as clients tell them, so that many runs have the same.
    Instant started = SampleRuns.CREATED.plusSeconds(random.nextInt(3_600) - 600L);
    Instant finished = started.plusMillis(1_000L * random.nextInt(4) + random.nextInt(2));
    boolean hasStarted =
        status != RunStatus.PENDING && (status != RunStatus.CANCELLED || random.nextBoolean());
    return new JobRun(
        id,
        job.projectId(),
        job.id(),
        number < 40 ? "night-" + number : null,
        status,
        new RunTimes(hasStarted ? started : null, status.isEnd() ? finished : null),
        pick(MESSAGES, random),
        metadata(random),
        null,
        created,
        created,
        1);
  }

  private static @Nullable Metadata metadata(Random random) {
    String json = pick(METADATA, random);
    return json == null ? null : new Metadata(json);
  }

  private static @Nullable String pick(@Nullable String[] values, Random random) {
    return values[random.nextInt(values.length)];
  }
}
