package io.chronotrack.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.job.Job;
import io.chronotrack.job.NewJob;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RecordedRun;
import io.chronotrack.run.RunEvent;
import io.chronotrack.run.RunPatch;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.stream.EventPosition;
import io.chronotrack.run.stream.JournalEntry;
import io.chronotrack.storage.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link io.chronotrack.run.stream.RunJournal} promises. */
@Timeout(120)
abstract class RunJournalContract {

  static final int WRITERS = 6;
  static final int RUNS_OF_EACH = 15;
  static final int CHANGES_OF_EACH = 4;

  /** The store under test. */
  abstract RunStore store();

  Job newJob(@Nullable String type) {
    return store()
        .transactions()
        .write(
            () -> {
              var job =
                  Job.create(
                      store().jobs().nextId(),
                      SampleCallers.DEFAULT.projectId(),
                      new NewJob("job", null, type),
                      SampleRuns.CREATED);
              store().jobs().insert(job);
              return job;
            });
  }

  JobRun newRun(Job job) {
    return store().transactions().write(() -> insert(job));
  }

  JobRun insert(Job job) {
    JobRun run =
        JobRun.create(
            store().repository().nextId(),
            job,
            SampleRuns.wanted(RunStatus.PENDING),
            SampleRuns.CREATED);
    store().repository().insert(run, RunEvent.created(run));
    return run;
  }

  JobRun change(JobRun run, RunPatch patch) {
    return store()
        .transactions()
        .write(
            () -> {
              JobRun changed = run.apply(patch, SampleRuns.CREATED.plusSeconds(90));
              store().repository().update(changed, RunEvent.between(run, changed));
              return changed;
            });
  }

  long settled() {
    return store().transactions().read(() -> store().journal().settled());
  }

  EventPosition present() {
    return EventPosition.behind(settled());
  }

  List<JournalEntry> behind(EventPosition position) {
    return behind(position, 1_000);
  }

  List<JournalEntry> behind(EventPosition position, int most) {
    return store()
        .transactions()
        .read(() -> store().journal().read(position, store().journal().settled(), most));
  }

  static List<EventPosition> positions(List<JournalEntry> entries) {
    return entries.stream().map(JournalEntry::position).toList();
  }

  static List<RunEvent> events(List<JournalEntry> entries) {
    return entries.stream().map(JournalEntry::event).toList();
  }

  @Test
  void eventsAreInTheOrderInWhichTheyWereCommitted() {
    EventPosition before = present();
    JobRun first = newRun(newJob("etl"));
    JobRun second = newRun(newJob(null));
    JobRun changed = change(first, SampleRuns.to(RunStatus.RUNNING));

    List<JournalEntry> entries = behind(before);

    assertThat(events(entries))
        .containsExactly(
            RunEvent.created(first), RunEvent.created(second), RunEvent.between(first, changed));
    assertThat(positions(entries))
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(p -> p.compareTo(before) > 0);
    assertThat(entries)
        .extracting(JournalEntry::run)
        .as("runs as they are now")
        .containsExactly(changed, second, changed);
    assertThat(entries).extracting(JournalEntry::jobType).containsExactly("etl", null, "etl");
  }

  @Test
  void behindTheLastEventThereIsNothing() {
    newRun(newJob(null));
    assertThat(behind(present())).isEmpty();
    assertThat(behind(EventPosition.behind(settled() + 1))).isEmpty();
  }

  @Test
  void manyEventsOfOneTransactionAreReadInParts() {
    EventPosition before = present();
    Job job = newJob(null);
    store()
        .transactions()
        .write(
            () -> {
              List<RecordedRun> runs = IntStream.range(0, 7).mapToObj(i -> twice(job)).toList();
              store().repository().insertAll(runs);
              return runs;
            });
    List<JournalEntry> whole = behind(before);
    assertThat(whole).hasSize(14);

    List<JournalEntry> parts = new ArrayList<>();
    EventPosition position = before;
    for (List<JournalEntry> part = behind(position, 3); !part.isEmpty(); ) {
      parts.addAll(part);
      position = part.get(part.size() - 1).position();
      part = behind(position, 3);
    }

    assertThat(parts).isEqualTo(whole);
  }

  private RecordedRun twice(Job job) {
    JobRun run =
        JobRun.create(
            store().repository().nextId(),
            job,
            SampleRuns.wanted(RunStatus.PENDING),
            SampleRuns.CREATED);
    JobRun changed = run.apply(SampleRuns.message("late"), SampleRuns.CREATED.plusSeconds(1));
    return new RecordedRun(changed, List.of(RunEvent.created(run), RunEvent.between(run, changed)));
  }

  @Test
  void aCommandThatFailsLeavesNothing() {
    EventPosition before = present();
    Job job = newJob(null);
    JobRun run = newRun(job);
    assertThat(
            catchThrowable(
                () ->
                    change(
                        run.apply(SampleRuns.message("a"), run.createdAt()),
                        SampleRuns.message("b"))))
        .isInstanceOf(RuntimeException.class);
    JobRun next = newRun(job);
    assertThat(events(behind(before)))
        .containsExactly(RunEvent.created(run), RunEvent.created(next));
  }

  @Test
  void whoFollowsManyWritersSeesEachEventOnceAndThoseOfARunInTheirOrder() throws Exception {
    EventPosition before = present();
    Job job = newJob(null);
    var done = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
    try {
      Future<List<JournalEntry>> followed = threads.submit(() -> follow(before, done));
      List<List<RunEvent>> written = SideBySide.run(threads, WRITERS, i -> write(job));
      done.countDown();

      List<RunEvent> seen = events(followed.get());

      assertThat(seen)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(written.stream().flatMap(List::stream).toList());
      Map<Long, List<Long>> versions =
          seen.stream()
              .collect(
                  Collectors.groupingBy(
                      RunEvent::runId, Collectors.mapping(RunEvent::version, Collectors.toList())));
      assertThat(versions.values()).allSatisfy(one -> assertThat(one).isSorted());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<RunEvent> write(Job job) {
    List<RunEvent> written = new ArrayList<>();
    for (int i = 0; i < RUNS_OF_EACH; i++) {
      JobRun run = newRun(job);
      written.add(RunEvent.created(run));
      for (int change = 0; change < CHANGES_OF_EACH; change++) {
        JobRun changed = change(run, SampleRuns.message("change " + change));
        written.add(RunEvent.between(run, changed));
        run = changed;
      }
    }
    return written;
  }

  /** Goes on until all has been written, and has then been read. */
  private List<JournalEntry> follow(EventPosition start, CountDownLatch done) {
    List<JournalEntry> seen = new ArrayList<>();
    EventPosition position = start;
    boolean isLast;
    do {
      isLast = done.getCount() == 0;
      List<JournalEntry> found = behind(position, 7);
      while (!found.isEmpty()) {
        seen.addAll(found);
        position = found.get(found.size() - 1).position();
        found = behind(position, 7);
      }
    } while (!isLast);
    return seen;
  }
}
