package io.chronotrack.storage;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.jspecify.annotations.Nullable;

/**
 * A migrated SQLite file with Hibernate on top of it, as in a server: with the persistence units of
 * {@code persistence.xml}, the same connections, and transactions that are bound to their thread.
 * Only the server's part is played by {@link ThreadTransaction}.
 */
public final class SqliteFixture implements AutoCloseable {

  private final SqliteDatabase database;
  private final Path file;
  private final Connection writerConnection;
  private final EntityManagerFactory writers;
  private final EntityManagerFactory readers;
  private final ThreadTransaction transaction;
  private final ReadSessions reader;
  private final Transactions transactions;
  private final List<String> statements = new CopyOnWriteArrayList<>();

  /** Opens a database in this folder. */
  public SqliteFixture(Path folder) throws SQLException {
    file = folder.resolve("chronotrack.db");
    database = SqliteDatabase.open(file);
    writerConnection = PooledConnection.around(SqliteConnections.openWriter(file));
    writers = factory("writer", () -> keptOpen(writerConnection));
    readers = factory("reader", () -> PooledConnection.around(SqliteConnections.openReader(file)));
    transaction = new ThreadTransaction(writers);
    reader = new ReadSessions(readers);
    transactions = new GroupCommitTransactions(transaction, reader, Duration.ofSeconds(30), 1_000);
  }

  /** Works on the connection that writes, in the calling thread's transaction. */
  public EntityManager writer() {
    return (EntityManager)
        Proxy.newProxyInstance(
            SqliteFixture.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) ->
                unwrapped(() -> method.invoke(transaction.writer(), arguments)));
  }

  /** Works on connections that only read. */
  public ReadSessions reader() {
    return reader;
  }

  /** One writer at a time, as in the application. */
  public Transactions transactions() {
    return transactions;
  }

  /** A project beside the default one, which every database has. */
  public Scope otherProject() {
    Scope other = SampleCallers.OTHER;
    transactions.write(
        () ->
            writer()
                .createNativeQuery(
                    "INSERT INTO projects (id, key, name, archived, created_at, updated_at, version)"
                        + " VALUES (?1, 'other', 'Other', 0, 5, 5, 1) ON CONFLICT DO NOTHING")
                .setParameter(1, other.projectId())
                .executeUpdate());
    return other;
  }

  /** Every statement that was prepared so far. */
  List<String> statements() {
    return statements;
  }

  /** A connection of its own, to look at the file from outside. */
  Connection connect() throws SQLException {
    return SqliteConnections.openWriter(file);
  }

  @Override
  public void close() throws SQLException {
    readers.close();
    writers.close();
    writerConnection.close();
    database.close();
  }

  private EntityManagerFactory factory(String unit, ConnectionSource source) {
    StatementInspector inspector =
        sql -> {
          statements.add(sql);
          return sql;
        };
    return new HibernatePersistenceProvider()
        .createEntityManagerFactory(
            unit,
            Map.of(
                AvailableSettings.JAKARTA_TRANSACTION_TYPE,
                "RESOURCE_LOCAL",
                AvailableSettings.JAKARTA_NON_JTA_DATASOURCE,
                new LocalDataSource(source),
                AvailableSettings.STATEMENT_INSPECTOR,
                inspector));
  }

  /** The one connection, which the persistence unit gives back after each transaction. */
  private static Connection keptOpen(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            SqliteFixture.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              return unwrapped(() -> method.invoke(connection, arguments));
            });
  }

  private static @Nullable Object unwrapped(Invocation invocation) throws Throwable {
    try {
      return invocation.proceed();
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private interface Invocation {
    @Nullable Object proceed() throws ReflectiveOperationException;
  }

  private interface ConnectionSource {
    Connection open() throws SQLException;
  }

  /** The application's own data source, but for where its connections come from. */
  private static final class LocalDataSource extends AppDataSource {

    private final ConnectionSource source;

    LocalDataSource(ConnectionSource source) {
      this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return source.open();
    }
  }
}
