package io.chronotrack;

import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.store.JpaAuditRepository;
import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.idempotency.store.JpaIdempotencyRepository;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.key.store.JpaKeyRepository;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.project.store.JpaProjectRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.store.EventNumberShift;
import io.chronotrack.run.store.JpaJobRunRepository;
import io.chronotrack.run.store.JpaRunJournal;
import io.chronotrack.run.stream.RunJournal;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.stats.store.JpaStatisticsRepository;
import io.chronotrack.stats.store.StatisticsRebuild;
import io.chronotrack.storage.Database;
import io.chronotrack.storage.Sessions;
import io.chronotrack.storage.Transactions;
import io.chronotrack.storage.WriteProbe;
import jakarta.enterprise.inject.Vetoed;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything in a database, through JPA. */
@Vetoed // Made by the wiring, if at all.
record JpaStores(
    Database open,
    Sessions sessions,
    Transactions transactions,
    JobRepository jobs,
    JobRunRepository runs,
    RunJournal journal,
    StatisticsRepository statistics,
    ProjectRepository projects,
    KeyRepository keys,
    AuditRepository audit,
    IdempotencyRepository idempotency,
    WriteProbe probe)
    implements Stores {

  /** The rows of all stores. */
  static final List<Class<?>> ROWS =
      Stream.of(
              JpaAuditRepository.ROWS,
              JpaIdempotencyRepository.ROWS,
              JpaJobRepository.ROWS,
              JpaJobRunRepository.ROWS,
              JpaKeyRepository.ROWS,
              JpaProjectRepository.ROWS)
          .<Class<?>>flatMap(List::stream)
          .toList();

  /**
   * Stores in a database. If its runs are older than statistics, they are counted first; if its
   * events come from another one, new ones are made to come behind them.
   *
   * @param database open; closed with the stores
   * @param transactions how commands take turns on it
   */
  static JpaStores in(
      Database database, Function<Sessions, Transactions> transactions, Clock clock) {
    new StatisticsRebuild(database).runIfMissing();
    new EventNumberShift(database).raiseIfNeeded();
    var sessions = new Sessions(database, ROWS);
    var writing = sessions.writing();
    var reading = sessions.reading();
    var turns = transactions.apply(sessions);
    return new JpaStores(
        database,
        sessions,
        turns,
        new JpaJobRepository(writing, reading),
        new JpaJobRunRepository(writing, reading),
        new JpaRunJournal(reading),
        new JpaStatisticsRepository(writing, reading),
        new JpaProjectRepository(writing, reading),
        new JpaKeyRepository(writing, reading),
        new JpaAuditRepository(writing, reading),
        new JpaIdempotencyRepository(writing),
        new WriteProbe(turns, writing, clock));
  }

  @Override
  public Optional<String> database() {
    return Optional.of(open.description());
  }

  @Override
  public void close() {
    sessions.close();
    open.close();
  }
}
