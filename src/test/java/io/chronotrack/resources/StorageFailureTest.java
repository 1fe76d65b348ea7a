package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.problem.ExceptionToProblem;
import io.chronotrack.storage.StorageUnavailable;
import io.chronotrack.storage.Transactions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client is told when the storage fails, and what it is not told. */
class StorageFailureTest extends ResourceLayer {

  private static final String INSIDE = "/var/lib/secret.db at io.chronotrack.Somewhere";

  private final Logger log = Logger.getLogger(ExceptionToProblem.class.getName());
  private final LogRecords records = new LogRecords();

  @Override
  Transactions transactions() {
    return new FailingTransactions();
  }

  @BeforeEach
  void keepLogRecords() {
    log.setUseParentHandlers(false);
    log.addHandler(records);
  }

  @AfterEach
  void restoreLog() {
    log.removeHandler(records);
    log.setUseParentHandlers(true);
  }

  @Test
  void aChangeThatCannotBeStoredNowIs503AndToldWhenToComeBack() throws Exception {
    Answer answer = post("jobs", "{\"name\":\"a\"}");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    assertThat(answer.json().getString("code")).isEqualTo("UNAVAILABLE");
    assertThat(answer.json().getString("detail")).isEqualTo("The disk is full.");
    assertThat(answer.body()).doesNotContain(INSIDE);
  }

  @Test
  void aDefectIs500WithAnIdAndNothingOfTheInside() throws Exception {
    Answer answer = get("jobs/1?include=summary");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().keySet())
        .containsExactlyInAnyOrder(
            "type", "title", "status", "detail", "instance", "code", "errorId");
    assertThat(answer.json().getString("code")).isEqualTo("INTERNAL_ERROR");
    assertThat(answer.json().getString("instance")).isEqualTo("/jobs/1");
    assertThat(answer.body()).doesNotContain("summary", "Exception", "io.chronotrack", "at ");
  }

  @Test
  void aDefectIsLoggedOnceUnderTheIdThatTheClientGets() throws Exception {
    String errorId = get("runs").json().getString("errorId");

    assertThat(records.kept).hasSize(1);
    LogRecord only = records.kept.get(0);
    assertThat(only.getMessage()).contains(errorId).contains("GET /runs");
    assertThat(only.getThrown()).hasStackTraceContaining(INSIDE);
  }

  @Test
  void everyDefectHasAnIdOfItsOwn() throws IOException, InterruptedException {
    assertThat(get("runs").json().getString("errorId"))
        .isNotEqualTo(get("runs").json().getString("errorId"));
  }

  @Test
  void aRequestThatIsWrongIsToldSoEvenWhenTheStorageFails() throws Exception {
    assertThat(post("jobs", "{}").status()).isEqualTo(400);
    assertThat(get("jobs?limit=0").status()).isEqualTo(400);
    assertThat(records.kept).isEmpty();
  }

  private static final class FailingTransactions implements Transactions {

    @Override
    public <T> T write(Supplier<T> command) {
      throw new StorageUnavailable("The disk is full.", new IOException(INSIDE));
    }

    @Override
    public <T> T read(Supplier<T> query) {
      throw new IllegalStateException(INSIDE);
    }

    @Override
    public void onCommit(Runnable action) {
      throw new IllegalStateException("nothing is ever committed");
    }
  }

  private static final class LogRecords extends Handler {

    private final List<LogRecord> kept = new ArrayList<>();

    @Override
    public synchronized void publish(LogRecord record) {
      kept.add(record);
    }

    @Override
    public void flush() {
      // Nothing is buffered.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
