package io.chronotrack.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.audit.AuditRepository;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.SqliteFixture;
import io.chronotrack.storage.Transactions;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // JUnit fills the fields.
class SqliteAuditRepositoryTest extends AuditRepositoryContract {

  // One database for all tests of the class: the contract does not ask for an empty one.
  private static SqliteFixture sqlite;
  private static AuditRepository repository;

  @BeforeAll
  static void open(@TempDir Path folder) throws SQLException {
    sqlite = new SqliteFixture(folder);
    repository = new JpaAuditRepository(sqlite.writer(), sqlite.reader());
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  @Override
  protected AuditRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return sqlite.transactions();
  }

  private static class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private int appendAndUndo() {
    return transactions()
        .write(
            () -> {
              repository.append(record("undone"));
              // The chain has been written to the database, and not only to the heap, by now.
              sqlite.writer().current().flush();
              repository.append(record("undone as well"));
              throw new Undone();
            });
  }

  @Test
  void anAppendThatIsRolledBackLeavesNoTrace() {
    append(record("before"));
    assertThatThrownBy(this::appendAndUndo).isInstanceOf(Undone.class);
    assertThat(verifiedChain()).hasSize(1);
    append(record("after"));
    assertThat(verifiedChain())
        .extracting(entry -> entry.record().subject())
        .containsExactly("before", "after");
  }

  @Test
  void appendsThatAreRolledBackAmongOthersLeaveTheChainWhole() throws Exception {
    append(record("first"));
    SideBySide.run(
        threads(),
        16,
        i -> {
          if (i % 2 == 0) {
            assertThatThrownBy(this::appendAndUndo).isInstanceOf(Undone.class);
          } else {
            append(record("kept"));
          }
          return i;
        });
    assertThat(verifiedChain())
        .hasSize(9)
        .extracting(entry -> entry.record().subject())
        .doesNotContain("undone", "undone as well");
  }
}
