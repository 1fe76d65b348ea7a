package io.chronotrack;

import io.chronotrack.audit.AuditRepository;
import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.job.JobRepository;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.stream.RunJournal;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.Transactions;
import io.chronotrack.storage.WriteProbe;
import java.util.Optional;

/** The stores of one kind, and what they share. */
interface Stores extends AutoCloseable {

  Transactions transactions();

  JobRepository jobs();

  JobRunRepository runs();

  RunJournal journal();

  StatisticsRepository statistics();

  ProjectRepository projects();

  KeyRepository keys();

  AuditRepository audit();

  IdempotencyRepository idempotency();

  WriteProbe probe();

  /** Which database is behind them, and how it runs; empty if there is none. */
  Optional<String> database();

  @Override
  void close();
}
