package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.NewJob;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.run.ExternalId;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunPatch;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.store.JpaJobRunRepository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands look for runs and store them by few statements, each by an index. */
@NullUnmarked // JUnit fills the fields.
class RunTableStatementsTest {

  private static final Scope SCOPE = SampleCallers.DEFAULT;

  private SqliteFixture sqlite;
  private JobRunRepository runs;
  private Job job;

  @BeforeEach
  void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
    runs = new JpaJobRunRepository(sqlite.writer(), sqlite.reader());
    JobRepository jobs = new JpaJobRepository(sqlite.writer(), sqlite.reader());
    job =
        sqlite
            .transactions()
            .write(
                () -> {
                  var created =
                      Job.create(
                          jobs.nextId(), 1, new NewJob("job", null, null), SampleRuns.CREATED);
                  jobs.insert(created);
                  return created;
                });
    // Asks for the highest numbers of runs and of events, which are asked for once only.
    statementsOf(
        () -> {
          insert("first");
        });
  }

  @AfterEach
  void close() throws SQLException {
    sqlite.close();
  }

  private JobRun insert(String externalId) {
    JobRun run =
        JobRun.create(runs.nextId(), job, SampleRuns.announced(externalId), SampleRuns.CREATED);
    runs.insert(run, RunEvent.created(run));
    return run;
  }

  private List<String> statementsOf(Runnable command) {
    int before = sqlite.statements().size();
    sqlite
        .transactions()
        .write(
            () -> {
              command.run();
              return job;
            });
    return new ArrayList<>(sqlite.statements().subList(before, sqlite.statements().size()));
  }

  @Test
  void whatTheTransactionHasAddedIsFoundWithoutWritingIt() {
    var answers = new ArrayList<List<JobRun>>();
    List<JobRun> added = new ArrayList<>();

    List<String> statements =
        statementsOf(
            () -> {
              for (int i = 0; i < 100; i++) {
                added.add(insert("night-" + i));
                answers.add(
                    runs.findByExternalIdForUpdate(
                        SCOPE, List.of(new ExternalId(job.id(), "night-" + i / 2))));
              }
            });

    assertThat(answers).allMatch(found -> found.size() == 1);
    assertThat(answers.get(99)).containsExactly(added.get(49));
    assertThat(statements).hasSize(2).allMatch(sql -> sql.startsWith("INSERT"));
  }

  @Test
  void whatItHasNotAddedIsReadWithoutWritingWhatItHas() {
    List<String> statements =
        statementsOf(
            () -> {
              for (int i = 0; i < 10; i++) {
                insert("night-" + i);
                assertThat(
                        runs.findByExternalIdForUpdate(
                            SCOPE, List.of(new ExternalId(job.id(), "day-" + i))))
                    .isEmpty();
              }
            });

    assertThat(statements.subList(0, 10)).allMatch(sql -> sql.startsWith("SELECT"));
    assertThat(statements.subList(10, statements.size()))
        .hasSize(2)
        .allMatch(sql -> sql.startsWith("INSERT"));
  }

  @Test
  void manyExternalIdsOfAJobAreOneStatement() {
    List<ExternalId> ids =
        IntStream.range(0, 1_000).mapToObj(i -> new ExternalId(job.id(), "night-" + i)).toList();

    assertThat(statementsOf(() -> runs.findByExternalIdForUpdate(SCOPE, ids))).hasSize(1);
  }

  @Test
  void manyIdsAreOneStatement() {
    List<Long> ids = IntStream.range(1, 1_000).mapToObj(Long::valueOf).toList();

    assertThat(statementsOf(() -> runs.findForUpdate(SCOPE, ids))).hasSize(1);
  }

  @Test
  void aRunThatChangesTwiceIsOneUpdate() {
    JobRun run = sqlite.transactions().write(() -> insert("night"));
    JobRun running = apply(run, SampleRuns.to(RunStatus.RUNNING));
    JobRun failed = apply(running, SampleRuns.to(RunStatus.FAILED));

    List<String> statements =
        statementsOf(
            () ->
                runs.updateAll(
                    List.of(
                        new RecordedRun(
                            failed,
                            List.of(
                                RunEvent.between(run, running),
                                RunEvent.between(running, failed))))));

    assertThat(statements).filteredOn(sql -> sql.startsWith("UPDATE")).hasSize(1);
  }

  @Test
  void aRunThatIsAddedAndChangedIsOneInsert() {
    List<String> statements =
        statementsOf(
            () -> {
              JobRun run = insert("night");
              JobRun running = apply(run, SampleRuns.to(RunStatus.RUNNING));
              runs.update(running, RunEvent.between(run, running));
            });

    assertThat(statements).hasSize(2).allMatch(sql -> sql.startsWith("INSERT"));
  }

  @Test
  void aChangeNamesNoColumnThatStaysAsItIs() {
    JobRun run = sqlite.transactions().write(() -> insert("night"));
    JobRun running = apply(run, SampleRuns.to(RunStatus.RUNNING));

    List<String> statements =
        statementsOf(() -> runs.update(running, RunEvent.between(run, running)));

    assertThat(statements)
        .filteredOn(sql -> sql.startsWith("UPDATE"))
        .containsExactly(
            "UPDATE job_runs SET status = ?, started_at = ?, queue_ms = ?, updated_at = ?,"
                + " version = ? WHERE id = ? AND version = ?");
  }

  @Test
  void runsAreFoundByTheirKeys() throws SQLException {
    List<String> statements =
        statementsOf(
            () -> {
              runs.findForUpdate(SCOPE, 1);
              runs.findByExternalIdForUpdate(SCOPE, List.of(new ExternalId(job.id(), "night")));
            });

    try (Connection connection = sqlite.connect()) {
      assertThat(QueryPlans.ofSqlite(connection, statements.get(0)))
          .containsExactly("SEARCH job_runs USING INTEGER PRIMARY KEY (rowid=?)");
      assertThat(QueryPlans.ofSqlite(connection, statements.get(1)))
          .containsExactly(
              "SEARCH job_runs USING INDEX job_runs_external_id (job_id=? AND external_id=?)");
    }
  }

  private static JobRun apply(JobRun run, RunPatch patch) {
    return run.apply(patch, SampleRuns.CREATED.plusSeconds(90));
  }
}
