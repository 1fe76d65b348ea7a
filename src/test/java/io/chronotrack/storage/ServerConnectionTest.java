package io.chronotrack.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerConnectionTest {

  /** What the connection of the server's was told. */
  private final List<String> told = new ArrayList<>();

  private final PostgresConnections connections =
      PostgresConnections.OfServer.of(new ConnectionSource(this::connection));

  private Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              told.add(method.getName());
              if (method.getName().equals("prepareStatement")) {
                throw new SQLException("said by the driver", "42601");
              }
              return method.getName().equals("getAutoCommit") ? Boolean.TRUE : null;
            });
  }

  @Test
  void whatOnlyTheServerMayDoIsNotDone() throws SQLException {
    try (Connection writer = connections.writers().open()) {
      writer.setAutoCommit(false);
      assertThat(writer.getAutoCommit()).isFalse();
      writer.commit();
      writer.rollback();
      writer.setReadOnly(true);
    }
    assertThat(told).containsExactly("close");
  }

  @Test
  void allElseIsTheServersWithItsFailures() throws SQLException {
    try (Connection writer = connections.writers().open()) {
      writer.createStatement();
      writer.rollback(null);
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> writer.prepareStatement("x"))
          .withMessage("said by the driver");
    }
    assertThat(told).containsExactly("createStatement", "rollback", "prepareStatement", "close");
  }

  @Test
  void outsideOfTransactionsConnectionsAreAsTheServerGivesThem() throws SQLException {
    try (Connection reader = connections.readers().open()) {
      assertThat(reader.getAutoCommit()).isTrue();
      reader.commit();
    }
    connections.close();
    assertThat(told).containsExactly("getAutoCommit", "commit", "close");
  }
}
