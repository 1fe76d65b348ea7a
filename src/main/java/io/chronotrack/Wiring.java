package io.chronotrack;

import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.AuditService;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.audit.store.JpaAuditRepository;
import io.chronotrack.authentication.JwtVerifier;
import io.chronotrack.authentication.Refusals;
import io.chronotrack.authentication.RequestRates;
import io.chronotrack.config.AppConfig;
import io.chronotrack.config.MicroProfileSettings;
import io.chronotrack.config.Secret;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.job.store.JpaJobRepository;
import io.chronotrack.key.HashSecretFile;
import io.chronotrack.key.KeyHash;
import io.chronotrack.key.KeyLoginService;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.key.KeyRing;
import io.chronotrack.key.store.InMemoryKeyRepository;
import io.chronotrack.key.store.JpaKeyRepository;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.project.ProjectRing;
import io.chronotrack.project.store.InMemoryProjectRepository;
import io.chronotrack.project.store.JpaProjectRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.store.InMemoryJobRunRepository;
import io.chronotrack.run.store.JpaJobRunRepository;
import io.chronotrack.storage.GroupCommitTransactions;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.Transactions;
import io.chronotrack.storage.WriteProbe;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.NullUnmarked;

/**
 * Makes the parts that exist once: the configuration, the clock, and the stores of the kind that
 * the configuration asks for. The only class that knows which kinds there are.
 */
@ApplicationScoped
@NullUnmarked // The server fills the fields.
public class Wiring {

  @PersistenceContext(unitName = "writer")
  private EntityManager writer;

  @PersistenceUnit(unitName = "reader")
  private EntityManagerFactory readers;

  // By its name in Jakarta EE and not by CDI, whose proxy would cost each transaction a look-up.
  @Resource(lookup = "java:comp/UserTransaction")
  private UserTransaction userTransaction;

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
  ReadSessions reader() {
    return new ReadSessions(readers);
  }

  @Produces
  @Singleton
  Transactions transactions(AppConfig config, ReadSessions reader) {
    return switch (config.storage()) {
      case SQLITE ->
          new GroupCommitTransactions(
              userTransaction, reader, Duration.ofMillis(config.limits().writeWaitMs()), 1_000);
      case MEMORY -> new MemoryTransactions();
    };
  }

  @Produces
  @Singleton
  JobRepository jobs(AppConfig config, ReadSessions reader) {
    return switch (config.storage()) {
      case SQLITE -> new JpaJobRepository(writer, reader);
      case MEMORY -> new InMemoryJobRepository();
    };
  }

  @Produces
  @Singleton
  JobRunRepository runs(AppConfig config, ReadSessions reader) {
    return switch (config.storage()) {
      case SQLITE -> new JpaJobRunRepository(writer, reader);
      case MEMORY -> new InMemoryJobRunRepository();
    };
  }

  @Produces
  @Singleton
  ProjectRepository projects(AppConfig config, ReadSessions reader, Clock clock) {
    return switch (config.storage()) {
      case SQLITE -> new JpaProjectRepository(writer, reader);
      case MEMORY -> new InMemoryProjectRepository(clock.instant());
    };
  }

  @Produces
  @Singleton
  KeyRepository keys(AppConfig config, ReadSessions reader) {
    return switch (config.storage()) {
      case SQLITE -> new JpaKeyRepository(writer, reader);
      case MEMORY -> new InMemoryKeyRepository();
    };
  }

  @Produces
  @Singleton
  AuditRepository audit(AppConfig config, ReadSessions reader) {
    return switch (config.storage()) {
      case SQLITE -> new JpaAuditRepository(writer, reader);
      case MEMORY -> new InMemoryAuditRepository();
    };
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

  @Produces
  @Singleton
  WriteProbe writeProbe(AppConfig config, Transactions transactions, Clock clock) {
    return switch (config.storage()) {
      case SQLITE -> new WriteProbe(transactions, writer, clock);
      case MEMORY -> new WriteProbe(transactions, null, clock);
    };
  }
}
