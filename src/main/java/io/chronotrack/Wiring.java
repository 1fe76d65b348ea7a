package io.chronotrack;

import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.AuditService;
import io.chronotrack.authentication.JwtVerifier;
import io.chronotrack.authentication.Refusals;
import io.chronotrack.authentication.RequestRates;
import io.chronotrack.config.AppConfig;
import io.chronotrack.config.Limits;
import io.chronotrack.config.MicroProfileSettings;
import io.chronotrack.config.Secret;
import io.chronotrack.http.Downloads;
import io.chronotrack.idempotency.IdempotencyRepository;
import io.chronotrack.job.JobRepository;
import io.chronotrack.key.HashSecretFile;
import io.chronotrack.key.KeyHash;
import io.chronotrack.key.KeyLoginService;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.key.KeyRing;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.project.ProjectRing;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.RunSignal;
import io.chronotrack.run.stream.RunJournal;
import io.chronotrack.run.stream.RunStreamService;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.ConcurrentTransactions;
import io.chronotrack.storage.GroupCommitTransactions;
import io.chronotrack.storage.JtaTransaction;
import io.chronotrack.storage.PostgresDatabase;
import io.chronotrack.storage.Sessions;
import io.chronotrack.storage.SqliteDatabase;
import io.chronotrack.storage.Transactions;
import io.chronotrack.storage.WriteProbe;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.NullUnmarked;

/**
 * Makes the parts that exist once: the configuration, the clock, and the stores of the kind that
 * the configuration asks for. The only class that knows which kinds there are.
 */
@ApplicationScoped
@NullUnmarked // The server fills the fields.
public class Wiring {

  /** Writes that wait; more would wait for longer than clients do. */
  private static final int LONGEST_QUEUE = 1_000;

  // By their names in Jakarta EE and not by CDI, whose proxy would cost each transaction a look-up.
  @Resource(lookup = "java:comp/UserTransaction")
  private UserTransaction transaction;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry synchronizations;

  @Produces
  @Singleton
  AppConfig config() {
    return MicroProfileSettings.read();
  }

  /** Ticks in milliseconds, because that is what is stored. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  @Produces
  @Singleton
  Stores stores(AppConfig config, Clock clock) {
    return switch (config.storage()) {
      case SQLITE ->
          JpaStores.in(
              SqliteDatabase.open(config.databaseFile()),
              sessions -> groupCommit(sessions, config.limits()),
              clock);
      case POSTGRESQL ->
          JpaStores.in(
              PostgresDatabase.open(config.database(), config.limits().writeWait()),
              sessions -> sideBySide(sessions, config.limits()),
              clock);
      case MEMORY -> InMemoryStores.create(clock);
    };
  }

  @Produces
  @Singleton
  Transactions transactions(Stores stores) {
    return stores.transactions();
  }

  @Produces
  @Singleton
  JobRepository jobs(Stores stores) {
    return stores.jobs();
  }

  @Produces
  @Singleton
  JobRunRepository runs(Stores stores) {
    return stores.runs();
  }

  @Produces
  @Singleton
  RunJournal journal(Stores stores) {
    return stores.journal();
  }

  @Produces
  @Singleton
  RunSignal runSignal() {
    return new RunSignal();
  }

  @Produces
  @Singleton
  RunStreamService runStreams(
      RunJournal journal,
      StatisticsRepository statistics,
      Transactions transactions,
      Clock clock,
      RunSignal signal,
      AppConfig config) {
    return new RunStreamService(journal, statistics, transactions, clock, signal, config);
  }

  @Produces
  @Singleton
  StatisticsRepository statistics(Stores stores) {
    return stores.statistics();
  }

  @Produces
  @Singleton
  ProjectRepository projects(Stores stores) {
    return stores.projects();
  }

  @Produces
  @Singleton
  KeyRepository keys(Stores stores) {
    return stores.keys();
  }

  @Produces
  @Singleton
  AuditRepository audit(Stores stores) {
    return stores.audit();
  }

  @Produces
  @Singleton
  WriteProbe writeProbe(Stores stores) {
    return stores.probe();
  }

  @Produces
  @Singleton
  IdempotencyRepository idempotency(Stores stores) {
    return stores.idempotency();
  }

  @Produces
  @Singleton
  KeyHash keyHash(AppConfig config) {
    Secret configured = config.access().hashSecret();
    if (configured != null) {
      return new KeyHash(configured);
    }
    return switch (config.storage()) {
      case SQLITE -> new KeyHash(HashSecretFile.beside(config.databaseFile()));
      // Required where keys are asked for.
      case POSTGRESQL -> KeyHash.ofThisProcess();
      case MEMORY -> new KeyHash(HashSecretFile.random());
    };
  }

  @Produces
  @Singleton
  KeyRing keyRing() {
    return new KeyRing();
  }

  @Produces
  @Singleton
  KeyLoginService keyLogins(
      KeyRepository keys, KeyRing ring, KeyHash hash, Transactions transactions, Clock clock) {
    return new KeyLoginService(keys, ring, hash, transactions, clock);
  }

  @Produces
  @Singleton
  ProjectRing projectRing() {
    return new ProjectRing();
  }

  @Produces
  @Singleton
  RequestRates requestRates(AppConfig config) {
    return new RequestRates(config);
  }

  @Produces
  @Singleton
  Downloads downloads(AppConfig config) {
    return new Downloads(config.limits().exports());
  }

  @Produces
  @Singleton
  Refusals refusals(AuditService audit, Clock clock, AppConfig config) {
    return new Refusals(audit, clock, config);
  }

  @Produces
  @Singleton
  JwtVerifier tokens(AppConfig config, Clock clock) {
    return new JwtVerifier(config.jwt(), clock);
  }

  void close(@Disposes JwtVerifier tokens) {
    tokens.close();
  }

  private JtaTransaction jta(Sessions sessions) {
    return new JtaTransaction(transaction, synchronizations, sessions.writing());
  }

  private Transactions sideBySide(Sessions sessions, Limits limits) {
    return new ConcurrentTransactions(
        jta(sessions), sessions.writing(), sessions.reading(), limits.writeWait());
  }

  private Transactions groupCommit(Sessions sessions, Limits limits) {
    return new GroupCommitTransactions(
        jta(sessions), sessions.reading(), limits.writeWait(), LONGEST_QUEUE);
  }
}
