package io.chronotrack.storage;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * The persistence contexts that queries run in: a thread has one while {@link Transactions#read}
 * runs its query, and none before or after.
 *
 * <p>No transaction of the server's: a query changes nothing, and each of its statements sees what
 * was last committed when it began. Safe for use by many threads.
 */
public final class ReadSessions {

  private final SessionFactory factory;
  private final Connections connections;
  private final boolean isPostgresql;

  @SuppressWarnings("ThreadLocalUsage") // Not static: tests have several databases at a time.
  private final ThreadLocal<@Nullable EntityManager> running = new ThreadLocal<>();

  /**
   * @param connections only read
   */
  ReadSessions(SessionFactory factory, Connections connections) {
    this.factory = factory;
    this.connections = connections;
    this.isPostgresql =
        factory.unwrap(SessionFactoryImplementor.class).getJdbcServices().getDialect()
            instanceof PostgreSQLDialect;
  }

  /** Whether statements are for PostgreSQL, where the databases do not understand the same ones. */
  public boolean isPostgresql() {
    return isPostgresql;
  }

  /**
   * The persistence context of the query that the calling thread runs.
   *
   * @throws IllegalStateException if it runs none
   */
  public EntityManager current() {
    EntityManager session = running.get();
    if (session == null) {
      throw new IllegalStateException("a store was read outside of Transactions.read");
    }
    return session;
  }

  /**
   * Runs a query. One inside of another shares its persistence context.
   *
   * @throws StorageUnavailable if the database cannot be read now
   */
  <T> T run(Supplier<T> query) {
    return running.get() != null
        ? query.get()
        : connections.turnstile().pass(() -> runOnConnection(query));
  }

  private <T> T runOnConnection(Supplier<T> query) {
    try (Connection connection = connections.open();
        Session session = open(connection)) {
      running.set(session);
      return query.get();
    } catch (RuntimeException e) {
      throw DatabaseFailures.translated(e);
    } catch (SQLException e) {
      throw DatabaseFailures.unavailable(e);
    } finally {
      running.remove();
    }
  }

  /** On the connection of a reader, in place of a writer's; nothing in it is ever flushed. */
  private Session open(Connection connection) {
    Session session =
        factory.withOptions().connection(connection).flushMode(FlushMode.MANUAL).openSession();
    session.setDefaultReadOnly(true);
    return session;
  }
}
