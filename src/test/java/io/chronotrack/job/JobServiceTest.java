package io.chronotrack.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.TestClock;
import io.chronotrack.change.Change;
import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.page.PageRequest;
import io.chronotrack.problem.NotFound;
import io.chronotrack.storage.MemoryTransactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobServiceTest {

  private static final Instant CREATED = Instant.parse("2026-01-31T09:30:00Z");

  private final TestClock clock = new TestClock(CREATED);
  private final JobService jobs =
      new JobService(new InMemoryJobRepository(), new MemoryTransactions(), clock);

  private static JobPatch rename(String name) {
    return new JobPatch(Change.to(name), Change.none(), Change.none(), Change.none());
  }

  private Job create(String name) {
    return jobs.create(new NewJob(name, null, null));
  }

  @Test
  void aCreatedJobCanBeRead() {
    Job created = jobs.create(new NewJob("nightly", "all of it", "etl"));
    assertThat(created)
        .isEqualTo(
            new Job(created.id(), "nightly", "all of it", "etl", false, CREATED, CREATED, 1));
    assertThat(jobs.get(created.id())).isEqualTo(created);
  }

  @Test
  void jobsMayHaveTheSameNameAndGetDifferentIds() {
    assertThat(create("same").id()).isNotEqualTo(create("same").id());
  }

  @Test
  void aPatchIsStoredWithTheTimeOfTheClock() {
    Job created = create("nightly");
    Instant later = clock.move(Duration.ofMinutes(3));
    Job renamed = jobs.patch(created.id(), rename("weekly"), ExpectedVersion.ANY);
    assertThat(renamed.updatedAt()).isEqualTo(later);
    assertThat(renamed.createdAt()).isEqualTo(CREATED);
    assertThat(renamed.version()).isEqualTo(2);
    assertThat(jobs.get(created.id())).isEqualTo(renamed);
  }

  @Test
  void aPatchThatChangesNothingKeepsVersionAndTime() {
    Job created = create("nightly");
    clock.move(Duration.ofMinutes(3));
    assertThat(jobs.patch(created.id(), rename("nightly"), ExpectedVersion.ANY)).isEqualTo(created);
    assertThat(jobs.get(created.id())).isEqualTo(created);
  }

  @Test
  void aPatchOfAnotherVersionIsRefusedAndChangesNothing() {
    Job created = create("nightly");
    var second = new ExpectedVersion(Set.of(2L));
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> jobs.patch(created.id(), rename("weekly"), second));
    assertThat(jobs.get(created.id())).isEqualTo(created);
  }

  @Test
  void theExpectedVersionIsCheckedEvenWhenNothingWouldChange() {
    Job created = create("nightly");
    var second = new ExpectedVersion(Set.of(2L));
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> jobs.patch(created.id(), rename("nightly"), second));
  }

  @Test
  void anUnknownJobIsNotFound() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> jobs.get(99))
        .withMessage("There is no job 99.");
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(() -> jobs.patch(99, rename("weekly"), ExpectedVersion.ANY))
        .withMessage("There is no job 99.");
  }

  @Test
  void theListIsNewestFirst() {
    Job first = create("first");
    clock.move(Duration.ofMillis(1));
    Job second = create("second");
    Job third = create("third");
    assertThat(jobs.list(JobFilter.ALL, PageRequest.first(10)).items())
        .containsExactly(third, second, first);
  }
}
