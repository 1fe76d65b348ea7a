package io.chronotrack.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.JobService;
import io.chronotrack.job.NewJob;
import io.chronotrack.storage.Transactions;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** CDI, JTA and JPA together, in the real server. */
@ExtendWith(ArquillianExtension.class)
@Execution(ExecutionMode.SAME_THREAD) // Their containers share a database file.
class TransactionsIT {

  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00.123Z");

  @Inject private Transactions transactions;
  @Inject private JobRepository jobs;
  @Inject private JobService service;

  @Deployment
  static WebArchive war() {
    return Deployments.warWith(SampleCallers.class);
  }

  @Test
  void aCommandThatThrowsLeavesNothing() {
    var id = new AtomicLong();

    assertThatThrownBy(
            () ->
                transactions.write(
                    () -> {
                      id.set(insert("undone").id());
                      throw new IllegalStateException("after the insert");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("after the insert");

    assertThat(find(id.get())).isEmpty();
  }

  @Test
  void aCommandThatReturnsIsThereForEveryReader() {
    Job inserted = transactions.write(() -> insert("kept"));

    assertThat(find(inserted.id())).contains(inserted);
  }

  @Test
  void whatIsNotCommittedIsSeenByTheWriterOnly() {
    transactions.write(
        () -> {
          Job inserted = insert("not yet");
          assertThat(jobs.findForUpdate(SampleCallers.DEFAULT, inserted.id())).contains(inserted);
          assertThat(find(inserted.id())).isEmpty();
          return inserted;
        });
  }

  @Test
  void aFailureAfterOthersHaveSucceededUndoesOnlyItself() {
    Job before = transactions.write(() -> insert("before"));
    assertThatThrownBy(
            () ->
                transactions.write(
                    () -> {
                      insert("between");
                      throw new IllegalStateException("between");
                    }))
        .isInstanceOf(IllegalStateException.class);
    Job after = transactions.write(() -> insert("after"));

    assertThat(List.of(before, after)).allMatch(job -> find(job.id()).isPresent());
  }

  @Test
  void manyWritersAtOnceAllSucceed() {
    List<Job> created =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(
                number ->
                    service.create(SampleCallers.system(), new NewJob("job " + number, null, null)))
            .toList();

    assertThat(created).extracting(Job::id).doesNotHaveDuplicates().hasSize(64);
    assertThat(created).allMatch(job -> find(job.id()).equals(Optional.of(job)));
  }

  private Job insert(String name) {
    Job job = Job.create(jobs.nextId(), 1, new NewJob(name, null, null), NOW);
    jobs.insert(job);
    return job;
  }

  private Optional<Job> find(long id) {
    return transactions.read(() -> jobs.find(SampleCallers.DEFAULT, id));
  }
}
