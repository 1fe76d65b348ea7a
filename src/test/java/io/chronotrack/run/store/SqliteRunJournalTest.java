package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.job.Job;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.stream.EventPosition;
import io.chronotrack.run.stream.JournalEntry;
import io.chronotrack.storage.SqliteFixture;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunJournalTest extends RunJournalContract {

  private final Path folder;
  private SqliteFixture sqlite;
  private RunStore store;

  SqliteRunJournalTest(@TempDir Path folder) {
    this.folder = folder;
    sqlite = new SqliteFixture(folder);
    store = RunStores.in(sqlite);
  }

  @AfterEach
  void close() {
    sqlite.close();
  }

  @Override
  RunStore store() {
    return store;
  }

  @Test
  void theNumbersGoOnAfterARestart() {
    JobRun run = newRun(newJob(null));
    EventPosition before = present();
    sqlite.close();
    sqlite = new SqliteFixture(folder);
    store = RunStores.in(sqlite);

    JobRun next = newRun(newJob(null));

    assertThat(events(behind(before))).containsExactly(RunEvent.created(next));
    assertThat(events(behind(EventPosition.behind(0))))
        .containsExactly(RunEvent.created(run), RunEvent.created(next));
  }

  @Test
  void eventsFromBeforeThereWereNumbersAreNotInIt() {
    newRun(newJob(null));
    sqlite
        .transactions()
        .write(
            () ->
                sqlite
                    .writer()
                    .current()
                    .createNativeQuery("UPDATE run_events SET sequence = NULL")
                    .executeUpdate());

    JobRun next = newRun(newJob(null));

    assertThat(behind(EventPosition.behind(0))).extracting(JournalEntry::run).containsExactly(next);
  }

  @Test
  void insertsAreBatchedAsBefore() {
    Job job = newJob(null);
    newRun(job);
    int before = sqlite.statements().size();
    sqlite.transactions().write(() -> IntStream.range(0, 50).mapToObj(i -> insert(job)).toList());
    assertThat(sqlite.statements().subList(before, sqlite.statements().size())).hasSize(2);
  }
}
