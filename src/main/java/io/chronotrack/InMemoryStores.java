package io.chronotrack;

import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.idempotency.store.InMemoryIdempotencyRepository;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.key.store.InMemoryKeyRepository;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.project.store.InMemoryProjectRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.store.InMemoryJobRunRepository;
import io.chronotrack.run.stream.RunJournal;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.stats.store.InMemoryStatisticsRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;
import io.chronotrack.storage.WriteProbe;
import jakarta.enterprise.inject.Vetoed;
import java.time.Clock;
import java.util.Optional;

/** Everything in the heap, and gone with the process. */
@Vetoed // Made by the wiring, if at all.
record InMemoryStores(
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

  static InMemoryStores create(Clock clock) {
    var transactions = new MemoryTransactions();
    var jobs = new InMemoryJobRepository();
    var runs = new InMemoryJobRunRepository(jobs);
    jobs.findRunsBy(runs::lastOf);
    return new InMemoryStores(
        transactions,
        jobs,
        runs,
        runs.journal(),
        new InMemoryStatisticsRepository(),
        new InMemoryProjectRepository(clock.instant()),
        new InMemoryKeyRepository(),
        new InMemoryAuditRepository(),
        new InMemoryIdempotencyRepository(),
        new WriteProbe(transactions, null, clock));
  }

  @Override
  public Optional<String> database() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
