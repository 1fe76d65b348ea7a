package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionPoolTest {

  private final ExecutorService users = Executors.newCachedThreadPool();
  private final List<Connection> opened = new CopyOnWriteArrayList<>();
  private final CountDownLatch opening = new CountDownLatch(1);
  private final CountDownLatch mayOpen = new CountDownLatch(1);

  @AfterEach
  void end() {
    users.shutdownNow();
  }

  private Connection openWhenItMay() throws SQLException {
    opening.countDown();
    try {
      mayOpen.await();
    } catch (InterruptedException e) {
      throw new SQLException(e);
    }
    Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    opened.add(connection);
    return connection;
  }

  @Test
  void aPoolThatIsClosedWhileItOpensAConnectionClosesThatOneToo() throws Exception {
    HikariDataSource pool =
        ConnectionPool.of("test", new ConnectionSource(this::openWhenItMay), 1, false);
    Future<?> user =
        users.submit(
            () -> {
              pool.getConnection().close();
              return null;
            });
    opening.await();

    var closing = new Thread(pool::close);
    closing.start();
    while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    mayOpen.countDown();
    closing.join();

    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).isClosed()).isTrue();
    try {
      user.get();
    } catch (ExecutionException e) {
      // Told that it is too late: whether it was is chance.
      assertThat(e).hasCauseInstanceOf(SQLException.class);
    }
  }
}
