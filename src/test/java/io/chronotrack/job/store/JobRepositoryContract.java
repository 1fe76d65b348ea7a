package io.chronotrack.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.change.Change;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.job.Job;
import io.chronotrack.job.JobFilter;
import io.chronotrack.job.JobPatch;
import io.chronotrack.job.JobQuery;
import io.chronotrack.job.JobRepository;
import io.chronotrack.job.JobSort;
import io.chronotrack.job.LastRunStatus;
import io.chronotrack.job.NewJob;
import io.chronotrack.page.BoundedCount;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link JobRepository} promises.
 *
 * <p>The repository need not be empty: each test looks only at jobs of its own, which it tells by a
 * type or a name that no other has.
 */
@Timeout(120)
public abstract class JobRepositoryContract {

  private static final Scope SCOPE = SampleCallers.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00.123Z");

  private final String mine = UUID.randomUUID().toString();

  /** The repository under test. */
  protected abstract JobRepository repository();

  /** The transactions that it takes part in. */
  protected abstract Transactions transactions();

  /** A project beside the default one, as the store has it. */
  protected abstract Scope otherProject();

  /** Runs what a test does side by side, each in a thread of its own. */
  protected Executor threads() {
    return task -> new Thread(task, "contract").start();
  }

  private Job newJob(String name, @Nullable String type, boolean archived, Instant createdAt) {
    return newJob(SCOPE, name, type, archived, createdAt);
  }

  private Job newJob(
      Scope scope, String name, @Nullable String type, boolean archived, Instant createdAt) {
    return new Job(
        repository().nextId(),
        scope.projectId(),
        name,
        "text",
        type,
        archived,
        createdAt,
        createdAt,
        1);
  }

  private Job insert(String name, @Nullable String type, boolean archived, Instant createdAt) {
    return insert(SCOPE, name, type, archived, createdAt);
  }

  private Job insert(Scope scope, Instant createdAt) {
    return insert(scope, "job", mine, false, createdAt);
  }

  private Job insert(
      Scope scope, String name, @Nullable String type, boolean archived, Instant createdAt) {
    return transactions()
        .write(
            () -> {
              Job job = newJob(scope, name, type, archived, createdAt);
              repository().insert(job);
              return job;
            });
  }

  private Job insert(Instant createdAt) {
    return insert(SCOPE, createdAt);
  }

  private void update(Job job) {
    transactions()
        .write(
            () -> {
              repository().update(job);
              return job;
            });
  }

  private Optional<Job> find(long id) {
    return find(SCOPE, id);
  }

  private Optional<Job> find(Scope scope, long id) {
    return transactions().read(() -> repository().find(scope, id));
  }

  private Optional<Job> findForUpdate(Scope scope, long id) {
    return transactions().write(() -> repository().findForUpdate(scope, id));
  }

  private Page<Job> list(JobFilter filter, PageRequest request) {
    return list(SCOPE, filter, request);
  }

  private Page<Job> list(Scope scope, JobFilter filter, PageRequest request) {
    return transactions().read(() -> repository().list(scope, filter, request));
  }

  private List<Job> all(JobFilter filter) {
    return all(SCOPE, filter);
  }

  private List<Job> all(Scope scope, JobFilter filter) {
    List<Job> all = new ArrayList<>();
    Position after = null;
    do {
      Page<Job> page = list(scope, filter, new PageRequest(3, after));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all;
  }

  private JobFilter ofMine() {
    return new JobFilter(null, null, Set.of(mine));
  }

  private static Job renamed(Job job, String name) {
    var patch = new JobPatch(Change.to(name), Change.none(), Change.none(), Change.none());
    return job.apply(patch, NOW.plusSeconds(1));
  }

  private long unknownId() {
    return transactions().write(() -> repository().nextId());
  }

  @Test
  void anInsertedJobIsFoundAsItWas() {
    Job job =
        transactions()
            .write(
                () -> {
                  Job created =
                      Job.create(
                          repository().nextId(), 1, new NewJob("näme 😀", "a\nb", mine), NOW);
                  repository().insert(created);
                  return created;
                });
    assertThat(find(job.id())).contains(job);
  }

  @Test
  void whatIsUnsetStaysUnset() {
    Job job =
        transactions()
            .write(
                () -> {
                  Job created =
                      Job.create(repository().nextId(), 1, new NewJob("job", null, null), NOW);
                  repository().insert(created);
                  return created;
                });
    assertThat(find(job.id())).contains(job);
  }

  @Test
  void theRunningTransactionSeesWhatItInserted() {
    transactions()
        .write(
            () -> {
              Job job = newJob("job", mine, false, NOW);
              repository().insert(job);
              assertThat(repository().findForUpdate(SCOPE, job.id())).contains(job);
              return job;
            });
  }

  @Test
  void anUnknownIdIsEmpty() {
    long unknown = unknownId();
    assertThat(find(unknown)).isEmpty();
    assertThat(find(Long.MAX_VALUE)).isEmpty();
    assertThat(find(0)).isEmpty();
    assertThat(findForUpdate(SCOPE, unknown)).isEmpty();
  }

  @Test
  void idsGrow() {
    long first = unknownId();
    Job job = insert(NOW);
    assertThat(job.id()).isGreaterThan(first);
    assertThat(unknownId()).isGreaterThan(job.id());
  }

  @Test
  void anUpdateReplacesEverythingThatCanChange() {
    Job job = insert(NOW);
    var patch = new JobPatch(Change.to("other"), Change.to(null), Change.to(null), Change.to(true));
    Job changed = job.apply(patch, NOW.plusMillis(1));
    update(changed);
    assertThat(find(job.id())).contains(changed);
    assertThat(changed.version()).isEqualTo(2);
  }

  @Test
  void aStaleSaveChangesNothing() {
    Job job = insert(NOW);
    Job second = renamed(job, "second");
    update(second);
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> update(renamed(job, "late")))
        .withMessageContaining("version is now 2");
    assertThat(find(job.id())).contains(second);
  }

  @Test
  void aSaveThatSkipsAVersionChangesNothing() {
    Job job = insert(NOW);
    Job third = renamed(renamed(job, "second"), "third");
    assertThatExceptionOfType(StaleVersion.class).isThrownBy(() -> update(third));
    assertThat(find(job.id())).contains(job);
  }

  @Test
  void aSaveOfAnUnknownJobIsStaleAndAddsNothing() {
    Job unknown = renamed(newJobWith(unknownId()), "x");
    assertThatExceptionOfType(StaleVersion.class).isThrownBy(() -> update(unknown));
    assertThat(find(unknown.id())).isEmpty();
  }

  private Job newJobWith(long id) {
    return Job.create(id, 1, new NewJob("job", null, mine), NOW);
  }

  @Test
  void theListIsNewestFirstAndThenByHighestId() {
    Job old = insert(NOW.minusSeconds(1));
    Job first = insert(NOW);
    Job second = insert(NOW);
    Job older = insert(NOW.minusSeconds(2));
    assertThat(all(ofMine())).containsExactly(second, first, old, older);
  }

  @Test
  void theListWithoutFilterHasAllInTheSameOrder() {
    Job old = insert(NOW.minusSeconds(1));
    Job first = insert(NOW);
    Job other = insert("job", null, true, NOW);
    Set<Long> ids = Set.of(old.id(), first.id(), other.id());
    assertThat(all(JobFilter.ALL).stream().filter(job -> ids.contains(job.id())))
        .containsExactly(other, first, old);
  }

  @Test
  void theListShowsWhatWasUpdatedInItsOldPlace() {
    Job first = insert(NOW);
    Job second = insert(NOW);
    Job changed = renamed(first, "changed");
    update(changed);
    assertThat(all(ofMine())).containsExactly(second, changed);
  }

  @Test
  void eachFilterTakesWhatFits() {
    String other = UUID.randomUUID().toString();
    Job active = insert(mine, mine, false, NOW);
    Job archived = insert(mine, mine, true, NOW);
    Job ofOtherType = insert(mine, other, false, NOW);
    Job ofNoType = insert(mine, null, true, NOW);
    Job ofOtherName = insert(other, mine, false, NOW);
    assertThat(all(new JobFilter(mine, null, Set.of())))
        .containsExactly(ofNoType, ofOtherType, archived, active);
    assertThat(all(ofMine())).containsExactly(ofOtherName, archived, active);
    assertThat(all(new JobFilter(null, null, Set.of(mine, other))))
        .containsExactly(ofOtherName, ofOtherType, archived, active);
    assertThat(all(new JobFilter(null, true, Set.of(mine)))).containsExactly(archived);
    assertThat(all(new JobFilter(null, false, Set.of(mine)))).containsExactly(ofOtherName, active);
    assertThat(all(new JobFilter(null, true, Set.of())))
        .contains(ofNoType, archived)
        .allMatch(Job::archived);
    assertThat(all(new JobFilter(mine, true, Set.of()))).containsExactly(ofNoType, archived);
    assertThat(all(new JobFilter(mine, false, Set.of(mine, other))))
        .containsExactly(ofOtherType, active);
    assertThat(all(new JobFilter(other, true, Set.of(mine)))).isEmpty();
  }

  @Test
  void filtersCompareExactly() {
    Job job = insert(mine, mine, false, NOW);
    for (String close : new String[] {mine.toUpperCase(Locale.ROOT), mine + " ", "%", "_" + mine}) {
      if (!close.equals(mine)) {
        assertThat(all(new JobFilter(close, null, Set.of()))).doesNotContain(job);
        assertThat(all(new JobFilter(null, null, Set.of(close)))).doesNotContain(job);
      }
    }
  }

  @Test
  void aPageThatIsJustFullHasNoNext() {
    insert(NOW);
    insert(NOW);
    assertThat(list(ofMine(), PageRequest.first(2)).next()).isNull();
    assertThat(list(ofMine(), PageRequest.first(1)).next()).isNotNull();
  }

  @Test
  void pagingGoesThroughAllWithoutGapOrDoubleWhileJobsAreAdded() {
    List<Job> before = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // Several of the same millisecond, so that pages end between them.
      before.add(0, insert(NOW.plusMillis(i / 6)));
    }
    List<Job> seen = new ArrayList<>();
    Position after = null;
    do {
      Page<Job> page = list(ofMine(), new PageRequest(3, after));
      seen.addAll(page.items());
      after = page.next();
      insert(NOW.plusSeconds(1));
    } while (after != null);
    assertThat(seen).containsExactlyElementsOf(before);
  }

  @Test
  void aJobOfAnotherProjectIsFoundByNoId() {
    Scope other = otherProject();
    Job ofOther = insert(other, NOW);
    assertThat(find(other, ofOther.id())).contains(ofOther);
    assertThat(findForUpdate(other, ofOther.id())).contains(ofOther);
    assertThat(find(ofOther.id())).isEmpty();
    assertThat(findForUpdate(SCOPE, ofOther.id())).isEmpty();
    Job own = insert(NOW);
    assertThat(find(other, own.id())).isEmpty();
    assertThat(findForUpdate(other, own.id())).isEmpty();
  }

  @Test
  void eachProjectHasListsOfItsOwn() {
    Scope other = otherProject();
    List<Job> own = new ArrayList<>();
    List<Job> ofOther = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // Taking turns, so that each page would have some of both.
      own.add(0, insert(mine, mine, true, NOW));
      ofOther.add(0, insert(other, mine, mine, true, NOW));
    }
    for (JobFilter filter :
        List.of(
            ofMine(),
            new JobFilter(mine, null, Set.of()),
            new JobFilter(mine, true, Set.of(mine)))) {
      assertThat(all(filter)).containsExactlyElementsOf(own);
      assertThat(all(other, filter)).containsExactlyElementsOf(ofOther);
    }
    for (JobFilter filter : List.of(JobFilter.ALL, new JobFilter(null, true, Set.of()))) {
      assertThat(all(filter)).containsSubsequence(own).doesNotContainAnyElementsOf(ofOther);
      assertThat(all(other, filter)).containsSubsequence(ofOther).doesNotContainAnyElementsOf(own);
    }
  }

  @Test
  void aPositionInTheListOfAnotherProjectShowsNothingOfIt() {
    Scope other = otherProject();
    Job own = insert(NOW);
    insert(other, NOW);
    insert(other, NOW);
    Position after = list(other, ofMine(), PageRequest.first(1)).next();
    assertThat(after).isNotNull();
    assertThat(list(ofMine(), new PageRequest(3, after)).items()).containsExactly(own);
  }

  @Test
  void anUpdateLeavesAJobInItsProject() {
    Scope other = otherProject();
    Job changed = renamed(insert(other, NOW), "changed");
    update(changed);
    assertThat(find(other, changed.id())).contains(changed);
    assertThat(find(changed.id())).isEmpty();
  }

  @Test
  void aScopeWithCertainJobsShowsOnlyThese() {
    Job first = insert(NOW);
    Job second = insert(NOW);
    Job hidden = insert(NOW);
    Job third = insert(mine, mine, true, NOW);
    Job ofOther = insert(otherProject(), NOW);
    var narrow =
        new Scope(SCOPE.projectId(), Set.of(first.id(), second.id(), third.id(), ofOther.id()));
    assertThat(find(narrow, first.id())).contains(first);
    assertThat(findForUpdate(narrow, first.id())).contains(first);
    for (Job other : List.of(hidden, ofOther)) {
      assertThat(find(narrow, other.id())).isEmpty();
      assertThat(findForUpdate(narrow, other.id())).isEmpty();
    }
    assertThat(all(narrow, JobFilter.ALL)).containsExactly(third, second, first);
    assertThat(all(narrow, ofMine())).containsExactly(third, second, first);
    assertThat(all(narrow, new JobFilter(mine, true, Set.of(mine)))).containsExactly(third);
    assertThat(list(narrow, JobFilter.ALL, PageRequest.first(3)).next()).isNull();
  }

  @Test
  void aScopeWithNoJobIsEmpty() {
    Job job = insert(NOW);
    var nothing = new Scope(SCOPE.projectId(), Set.of());
    assertThat(find(nothing, job.id())).isEmpty();
    assertThat(findForUpdate(nothing, job.id())).isEmpty();
    assertThat(all(nothing, JobFilter.ALL)).isEmpty();
  }

  @Test
  void jobsThatAreInsertedSideBySideAreAllThere() throws Exception {
    List<Job> inserted = SideBySide.run(threads(), 16, i -> insert(NOW.plusMillis(i % 3)));
    assertThat(inserted).extracting(Job::id).doesNotHaveDuplicates();
    assertThat(all(ofMine())).containsExactlyInAnyOrderElementsOf(inserted);
  }

  @Test
  void ofManyUpdatesOfOneVersionExactlyOneIsStored() throws Exception {
    Job job = insert(NOW);
    List<Optional<Job>> results =
        SideBySide.run(
            threads(),
            16,
            i -> {
              Job changed = renamed(job, "name " + i);
              try {
                update(changed);
                return Optional.of(changed);
              } catch (StaleVersion e) {
                return Optional.<Job>empty();
              }
            });
    List<Job> stored = results.stream().flatMap(Optional::stream).toList();
    assertThat(stored).hasSize(1);
    assertThat(find(job.id())).contains(stored.get(0));
  }

  @Test
  void manyAreFoundAtOnceWhereTheyAreSeen() {
    Job one = insert(NOW);
    Job two = insert(NOW);
    Job hidden = insert(NOW);
    var narrow = new Scope(SCOPE.projectId(), Set.of(one.id(), two.id()));
    List<Long> ids = List.of(one.id(), two.id(), hidden.id(), Long.MAX_VALUE);
    assertThat(transactions().write(() -> repository().findForUpdate(narrow, ids)))
        .containsExactlyInAnyOrder(one, two);
    assertThat(transactions().write(() -> repository().findForUpdate(otherProject(), ids)))
        .isEmpty();
    assertThat(transactions().write(() -> repository().findForUpdate(SCOPE, List.of()))).isEmpty();
  }

  @Test
  void readersSeeNoHalfOfAListWhileItGrows() throws Exception {
    insert(NOW);
    List<Integer> sizes =
        SideBySide.run(
            threads(),
            8,
            i -> {
              if (i % 2 == 0) {
                insert(NOW);
              }
              List<Job> jobs = all(ofMine());
              assertThat(new HashSet<>(jobs)).hasSameSizeAs(jobs);
              return jobs.size();
            });
    assertThat(sizes).allMatch(size -> size >= 1 && size <= 5);
  }

  private List<Job> all(JobQuery query) {
    List<Job> all = pages(query);
    assertThat(transactions().read(() -> repository().count(SCOPE, query)))
        .isEqualTo(new BoundedCount(all.size(), true));
    return all;
  }

  /** Reads all pages forward, and all but the last once more backward. */
  private List<Job> pages(JobQuery query) {
    List<Job> all = new ArrayList<>();
    Page<Job> page = list(query, PageRequest.first(3));
    assertThat(page.previous()).isNull();
    all.addAll(page.items());
    while (page.next() != null) {
      page = list(query, new PageRequest(3, page.next()));
      all.addAll(page.items());
    }
    List<Job> backward = new ArrayList<>();
    int last = page.items().size();
    while (page.previous() != null) {
      page = list(query, new PageRequest(3, page.previous(), true));
      backward.addAll(0, page.items());
    }
    assertThat(backward).containsExactlyElementsOf(all.subList(0, all.size() - last));
    return all;
  }

  private Page<Job> list(JobQuery query, PageRequest request) {
    return transactions().read(() -> repository().list(SCOPE, query, request));
  }

  private JobQuery sorted(String sort) {
    return new JobQuery(new JobFilter(null, null, Set.of(mine)), JobSort.named(sort).orElseThrow());
  }

  @Test
  void jobsAreListedInEveryOrderEitherWay() {
    List<Job> byAge = new ArrayList<>();
    // By code points, the last one is behind the one before; by Java's characters it is not.
    for (String name : List.of("b", "a", "B", "a", "ä", "\uFFFD", "\uD83D\uDE00", "a b")) {
      byAge.add(insert(name, mine, false, NOW.plusMillis(byAge.size() / 2)));
    }
    List<Job> byName = List.of(2, 1, 3, 7, 0, 4, 5, 6).stream().map(byAge::get).toList();
    assertThat(all(sorted("createdAt"))).containsExactlyElementsOf(byAge);
    assertThat(all(sorted("-createdAt"))).containsExactlyElementsOf(reversed(byAge));
    assertThat(all(sorted("name"))).containsExactlyElementsOf(byName);
    assertThat(all(sorted("-name"))).containsExactlyElementsOf(reversed(byName));
    // None of them has run.
    assertThat(all(sorted("lastRunAt"))).containsExactlyElementsOf(byIds(byAge));
    assertThat(all(sorted("-lastRunAt"))).containsExactlyElementsOf(reversed(byIds(byAge)));
  }

  private static List<Job> byIds(List<Job> jobs) {
    return jobs.stream().sorted(Comparator.comparing(Job::id)).toList();
  }

  private static List<Job> reversed(List<Job> jobs) {
    List<Job> reversed = new ArrayList<>(jobs);
    Collections.reverse(reversed);
    return reversed;
  }

  @Test
  void aTextIsFoundInNameAndDescriptionWhateverItsCase() {
    Job named = insert("Nightly EXPORT " + mine, mine, false, NOW);
    Job other = insert("other", mine, false, NOW.plusMillis(1));
    assertThat(all(withText("nightly export " + mine.toUpperCase(Locale.ROOT))))
        .containsExactly(named);
    assertThat(all(withText("TEXT"))).containsExactly(other, named);
    assertThat(all(withText("%"))).isEmpty();
    assertThat(all(withText("'"))).isEmpty();
  }

  @Test
  void whoReadsBackFromAnEmptyPageMeetsTheJobThatTheSearchBeforeEndedAt() {
    insert("behind the last that is looked at", mine, false, NOW);
    Job wanted = insert("wanted", mine, false, NOW.plusMillis(1));
    for (int i = 2; i <= JobQuery.MOST_EXAMINED; i++) {
      insert("other", mine, false, NOW.plusMillis(i));
    }
    assertThat(pages(withText("wanted"))).containsExactly(wanted);
  }

  private JobQuery withText(String text) {
    return new JobQuery(
        new JobFilter(null, null, Set.of(mine), text, Set.of(), null), JobSort.NEWEST_FIRST);
  }

  @Test
  void aJobThatHasNotRunHasNoLastRun() {
    Job job = insert(NOW);
    for (LastRunStatus status : LastRunStatus.values()) {
      var filter = new JobFilter(null, null, Set.of(mine), null, Set.of(status), null);
      assertThat(all(new JobQuery(filter, JobSort.NEWEST_FIRST)))
          .isEqualTo(status == LastRunStatus.NONE ? List.of(job) : List.of());
    }
    var old = new JobFilter(null, null, Set.of(mine), null, Set.of(), NOW.plusSeconds(9));
    assertThat(all(new JobQuery(old, JobSort.NEWEST_FIRST))).isEmpty();
  }
}
