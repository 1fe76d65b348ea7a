package io.chronotrack.storage;

import jakarta.enterprise.inject.Vetoed;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Tells Hibernate about the server's transactions by nothing but the names that Jakarta EE
 * prescribes, so that it is the same on every server.
 *
 * <p>Hibernate looks for the server's own classes by itself, and finds none on Payara when it is
 * part of the application; it then works without transactions and what it persists is lost in
 * silence. Hence this class, and {@link io.chronotrack.Startup}'s check that it is in effect.
 */
@Vetoed
public class StandardJtaPlatform implements JtaPlatform {

  private static final long serialVersionUID = 1L;

  private transient volatile @Nullable TransactionSynchronizationRegistry registry;

  @Override
  public TransactionManager retrieveTransactionManager() {
    return new StandardTransactionManager(retrieveUserTransaction());
  }

  @Override
  public UserTransaction retrieveUserTransaction() {
    return lookup(UserTransaction.class, "java:comp/UserTransaction");
  }

  @Override
  public Object getTransactionIdentifier(Transaction transaction) {
    return transaction;
  }

  @Override
  public boolean canRegisterSynchronization() {
    return registry().getTransactionStatus() == jakarta.transaction.Status.STATUS_ACTIVE;
  }

  @Override
  public void registerSynchronization(Synchronization synchronization) {
    registry().registerInterposedSynchronization(synchronization);
  }

  @Override
  public int getCurrentStatus() {
    return registry().getTransactionStatus();
  }

  /**
   * The registry, looked up once: threads that the server did not start have no {@code java:comp},
   * but may well take part in transactions.
   */
  private TransactionSynchronizationRegistry registry() {
    TransactionSynchronizationRegistry found = registry;
    if (found == null) {
      found =
          lookup(
              TransactionSynchronizationRegistry.class,
              "java:comp/TransactionSynchronizationRegistry");
      registry = found;
    }
    return found;
  }

  @SuppressWarnings("BanJNDI") // The names are constants of ours.
  private static <T> T lookup(Class<T> type, String name) {
    try {
      return type.cast(InitialContext.doLookup(name));
    } catch (NamingException e) {
      // Never to be taken for "there is no transaction": the write would be lost in silence.
      throw new JtaPlatformException("the server has no " + name, e);
    }
  }
}
