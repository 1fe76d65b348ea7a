package io.chronotrack.storage;

import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;

/**
 * Hibernate on a database: one model of the rows, for what is written and for what is read.
 *
 * <p>It is started here and not by the server, so that the same application runs on every server:
 * where its connections come from, how many there are and which Hibernate uses them is the same
 * everywhere.
 */
public final class Sessions implements AutoCloseable {

  /** Rows that go to the driver at once; more save nothing that can be measured. */
  private static final int BATCH_SIZE = 64;

  private final SessionFactory factory;
  private final ReadSessions reading;
  private final WriteSessions writing;

  /**
   * @param rows the classes of the rows that the stores keep
   */
  public Sessions(Database database, List<Class<?>> rows) {
    factory = factory(database, rows);
    reading = new ReadSessions(factory, database.readers());
    writing = new WriteSessions(factory, database.isShared(), database.writers().turnstile());
  }

  /** The persistence contexts of queries. */
  public ReadSessions reading() {
    return reading;
  }

  /** The persistence contexts of commands. */
  public WriteSessions writing() {
    return writing;
  }

  @Override
  public void close() {
    factory.close();
  }

  private static SessionFactory factory(Database database, List<Class<?>> rows) {
    var sources =
        new MetadataSources(
            new StandardServiceRegistryBuilder()
                .applySetting(
                    AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, database.writers().source())
                .applySetting(AvailableSettings.DIALECT, database.dialect())
                // The dialect says all that Hibernate needs to know: no connection for that.
                .applySetting("hibernate.boot.allow_jdbc_metadata_access", false)
                .applySetting(AvailableSettings.STATEMENT_BATCH_SIZE, BATCH_SIZE)
                .applySetting(AvailableSettings.ORDER_INSERTS, true)
                .applySetting(AvailableSettings.ORDER_UPDATES, true)
                // Rows are made of values that have been checked.
                .applySetting(AvailableSettings.JAKARTA_VALIDATION_MODE, "none")
                .build());
    rows.forEach(sources::addAnnotatedClass);
    return sources.buildMetadata().buildSessionFactory();
  }
}
