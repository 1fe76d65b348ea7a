package io.chronotrack.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.audit.AuditRepository;
import io.chronotrack.storage.PostgresFixture;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@NullUnmarked // JUnit fills the fields.
class PostgresAuditRepositoryTest extends AuditRepositoryContract {

  // One database for all tests of the class: the contract does not ask for an empty one.
  private static PostgresFixture postgres;
  private static AuditRepository repository;

  @BeforeAll
  static void open() {
    postgres = new PostgresFixture();
    repository = new JpaAuditRepository(postgres.writer(), postgres.reader());
  }

  @AfterAll
  static void close() {
    postgres.close();
  }

  @Override
  protected AuditRepository repository() {
    return repository;
  }

  @Override
  protected Transactions transactions() {
    return postgres.transactions();
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
              postgres.writer().current().flush();
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
