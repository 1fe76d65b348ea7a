package io.chronotrack.copy;

import io.chronotrack.TestClock;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.store.JpaAuditRepository;
import io.chronotrack.change.Change;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.config.AccessSettings;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Answer;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.Post;
import io.chronotrack.idempotency.IdempotencyService;
import io.chronotrack.idempotency.store.JpaIdempotencyRepository;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobPatch;
import io.chronotrack.job.JobService;
import io.chronotrack.job.NewJob;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.key.FirstKeyService;
import io.chronotrack.key.KeyRing;
import io.chronotrack.key.KeyService;
import io.chronotrack.key.NewKey;
import io.chronotrack.key.SampleKeys;
import io.chronotrack.key.store.JpaKeyRepository;
import io.chronotrack.project.NewProject;
import io.chronotrack.project.ProjectRing;
import io.chronotrack.project.ProjectService;
import io.chronotrack.project.store.JpaProjectRepository;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.Metadata;
import io.chronotrack.run.NewRun;
import io.chronotrack.run.RunService;
import io.chronotrack.run.RunSignal;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.store.JpaJobRunRepository;
import io.chronotrack.stats.store.JpaStatisticsRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.SqliteFixture;
import io.chronotrack.storage.Transactions;
import io.chronotrack.storage.WriteSessions;
import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The services on one database, and what they are asked to store there. */
final class Contents {

  private static final Caller SYSTEM = SampleCallers.system();

  /** What databases may take for something else than a character. */
  private static final String[] PIECES = {
    "a",
    "Z",
    "0",
    "ß",
    "漢",
    "\uD83D\uDE80",
    "'",
    "\"",
    "\\",
    "%",
    "_",
    "?",
    "{",
    "\n",
    "\t",
    "--",
    ";"
  };

  private final TestClock clock = new TestClock(SampleRuns.CREATED);
  private final Transactions transactions;
  private final ProjectService projects;
  private final JobService jobs;
  private final RunService runs;
  private final KeyService keys;
  private final FirstKeyService firstKey;
  private final IdempotencyService idempotency;

  private Contents(Transactions transactions, WriteSessions writer, ReadSessions reader) {
    this.transactions = transactions;
    var jobRows = new JpaJobRepository(writer, reader);
    var keyRows = new JpaKeyRepository(writer, reader);
    var audit = new AuditLog(new JpaAuditRepository(writer, reader));
    projects =
        new ProjectService(
            new JpaProjectRepository(writer, reader),
            new ProjectRing(),
            audit,
            transactions,
            clock);
    jobs = new JobService(jobRows, audit, transactions, clock);
    runs =
        new RunService(
            new JpaJobRunRepository(writer, reader),
            jobRows,
            new JpaStatisticsRepository(writer, reader),
            transactions,
            clock,
            new RunSignal(),
            AppConfig.from(key -> Optional.empty()));
    keys =
        new KeyService(
            keyRows, jobRows, new KeyRing(), SampleKeys.HASH, audit, transactions, clock);
    firstKey = new FirstKeyService(keyRows, SampleKeys.HASH, audit, transactions, clock);
    idempotency = new IdempotencyService(new JpaIdempotencyRepository(writer), transactions, clock);
  }

  static Contents of(SqliteFixture sqlite) {
    return new Contents(sqlite.transactions(), sqlite.writer(), sqlite.reader());
  }

  static Contents of(PostgresFixture postgres) {
    return new Contents(postgres.transactions(), postgres.writer(), postgres.reader());
  }

  /** Something in every table. */
  Contents fill(Random random) {
    firstKey.prepare(new AccessSettings(true, null, null, 0, 0, 20));
    for (int i = 0; i < 3; i++) {
      projects.create(SYSTEM, new NewProject("p" + i, text(random)));
    }
    for (int i = 0; i < 10; i++) {
      job(random);
    }
    slowRun();
    return this;
  }

  /** A run that is told to have been slower than the others of its job. */
  private void slowRun() {
    long job = createJob();
    Instant started = SampleRuns.CREATED.minusSeconds(60);
    for (int seconds : new int[] {9, 9, 9, 9, 9, 20}) {
      Instant finished = started.plusSeconds(seconds);
      runs.create(
          SYSTEM, job, new NewRun(null, RunStatus.SUCCESS, started, finished, null, null, null));
    }
  }

  private void job(Random random) {
    clock.move(Duration.ofMillis(random.nextInt(100_000)));
    Job job = jobs.create(SYSTEM, new NewJob(text(random), maybe(random), maybe(random)));
    keys.issue(
        SYSTEM,
        new NewKey(
            text(random),
            pick(random, Role.values()),
            null,
            random.nextBoolean() ? Set.of(job.id()) : null,
            random.nextBoolean() ? clock.instant().plusSeconds(3_600) : null));
    keys.issue(
        SYSTEM, new NewKey("narrow", Role.OPERATOR, pick(random, Only.values()), null, null));
    int number = random.nextInt(20);
    for (int i = 0; i < number; i++) {
      run(random, job.id(), i);
    }
    onlyOnce("/jobs/" + job.id() + "/" + text(random));
    if (random.nextBoolean()) {
      jobs.patch(
          SYSTEM,
          job.id(),
          new JobPatch(Change.none(), Change.none(), Change.none(), Change.to(true)),
          ExpectedVersion.ANY);
    }
  }

  private void run(Random random, long jobId, int number) {
    NewRun times = SampleRuns.wanted(pick(random, RunStatus.values()));
    JobRun run =
        runs.create(
                SYSTEM,
                jobId,
                new NewRun(
                    random.nextBoolean() ? number + text(random) : null,
                    times.status(),
                    times.startedAt(),
                    times.finishedAt(),
                    times.status() == RunStatus.FAILED ? maybe(random) : null,
                    random.nextBoolean() ? metadata(random) : null,
                    random.nextBoolean()
                        ? "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                        : null))
            .run();
    clock.move(Duration.ofMillis(random.nextInt(1_000)));
    runs.patch(SYSTEM, run.id(), SampleRuns.metadata(metadata(random).json()), ExpectedVersion.ANY);
  }

  private void onlyOnce(String path) {
    var post =
        new Post(SYSTEM, "/", path, null, "once", new JsonBody(Json.createObjectBuilder().build()));
    idempotency.once(
        post,
        () -> transactions.write(() -> path),
        done -> new Answer(201, done, done.length() % 2 == 0 ? 1L : null, "{\"at\":1}", false));
  }

  /** A new job, and its id. */
  long createJob() {
    return jobs.create(SYSTEM, new NewJob("new", null, null)).id();
  }

  /** A new run, and its id. */
  long createRun(long jobId) {
    return runs.create(SYSTEM, jobId, SampleRuns.wanted(RunStatus.PENDING)).run().id();
  }

  private static Metadata metadata(Random random) {
    return Metadata.of(
        Json.createObjectBuilder()
            .add("number", random.nextDouble())
            .add("text", text(random))
            .add("nothing\u0000", "\u0000")
            .build());
  }

  private static @Nullable String maybe(Random random) {
    return random.nextBoolean() ? text(random) : null;
  }

  private static String text(Random random) {
    var text = new StringBuilder("x");
    int pieces = random.nextInt(30);
    for (int i = 0; i < pieces; i++) {
      text.append(pick(random, PIECES));
    }
    return text.toString();
  }

  @SafeVarargs
  private static <T> T pick(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
