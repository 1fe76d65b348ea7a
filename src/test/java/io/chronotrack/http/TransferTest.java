package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransferTest {

  private final ServletAnswer answer = new ServletAnswer();
  private final BreakableEnding ending = BreakableEnding.of(answer.response());
  private final ByteArrayOutputStream client = new ByteArrayOutputStream();
  private final Logger log = Logger.getLogger(Transfer.class.getName());
  private final List<LogRecord> records = new ArrayList<>();
  private final Handler handler = new Records();
  private boolean stopping;

  @BeforeEach
  void keepLogRecords() {
    log.setUseParentHandlers(false);
    log.addHandler(handler);
  }

  @AfterEach
  void restoreLog() {
    assertThat(Thread.interrupted()).isFalse();
    log.removeHandler(handler);
    log.setUseParentHandlers(true);
  }

  private void run(OutputStream out, Download.Content content) {
    new Transfer(new Download("text/plain", "a.txt", content), ending, () -> stopping)
        .run(out, answer.response()::isCommitted);
  }

  private static void write(OutputStream out) throws IOException {
    out.write("abc".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsWrittenToItsEndEndsProperly() throws IOException {
    run(client, TransferTest::write);
    assertThat(client).hasToString("abc");
    assertThat(answer.end()).isEmpty();
    assertThat(records).isEmpty();
  }

  @Test
  void aFailureInTheMiddleKeepsTheEndFromBeingWrittenAndIsLoggedOnce() {
    answer.commit();
    var failure = new IllegalStateException("no such table");
    run(
        client,
        out -> {
          write(out);
          throw failure;
        });
    assertThatIOException().isThrownBy(answer::end).withMessage("the answer broke off");
    assertThat(records).singleElement().returns(failure, LogRecord::getThrown);
  }

  @Test
  void aFailureBeforeTheClientGotAnythingIsThrownToBeAnswered() {
    var failure = new IllegalStateException("no such table");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                run(
                    client,
                    out -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThatNoException().isThrownBy(answer::end);
    assertThat(records).isEmpty();
  }

  @Test
  void aClientThatLeftIsNoErrorOfOurs() {
    var gone =
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    run(new SteadyOutput(gone, System::nanoTime, () -> stopping), TransferTest::write);
    assertThat(Thread.interrupted()).as("so that nobody waits for the client").isTrue();
    assertThatNoException().as("the server knows by itself").isThrownBy(answer::end);
    assertThat(records)
        .singleElement()
        .returns(Level.INFO, LogRecord::getLevel)
        .satisfies(
            only -> assertThat(only.getParameters()).containsExactly("a.txt", "Broken pipe"));
  }

  @Test
  void aClientThatWasLetGoBecauseTheServiceStopsSeesNoProperEnd() {
    var interrupted =
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            stopping = true;
            throw new IOException("interrupted");
          }
        };
    run(new SteadyOutput(interrupted, System::nanoTime, () -> stopping), TransferTest::write);
    assertThatItIsCutAndNoError();
  }

  @Test
  void aClientThatIsTooSlowSeesNoProperEnd() {
    run(
        client,
        out -> {
          throw new IOException("the client took 1 bytes in 30000 ms");
        });
    assertThatItIsCutAndNoError();
  }

  @Test
  void whatCannotBeReadBecauseTheServiceStopsIsNoErrorEither() {
    answer.commit();
    stopping = true;
    run(
        client,
        out -> {
          throw new IllegalStateException("the pool is closed");
        });
    assertThatItIsCutAndNoError();
  }

  private void assertThatItIsCutAndNoError() {
    assertThat(Thread.interrupted()).as("so that nobody waits for the client").isTrue();
    assertThatIOException().isThrownBy(answer::end);
    assertThat(records).singleElement().returns(Level.INFO, LogRecord::getLevel);
  }

  private final class Records extends Handler {

    @Override
    public void publish(LogRecord record) {
      records.add(record);
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
