package io.chronotrack.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.audit.AuditChain;
import io.chronotrack.audit.AuditEntry;
import io.chronotrack.audit.AuditFilter;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.AuditRepository;
import io.chronotrack.audit.Outcome;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link AuditRepository} promises.
 *
 * <p>The repository need not be empty, but nobody else may append to it: each test looks only at
 * entries of a project of its own, and these stand in the chain one behind the other.
 */
@Timeout(120)
public abstract class AuditRepositoryContract {

  /** When everything in these tests happened. */
  protected static final Instant NOW = Instant.parse("2026-01-31T09:30:00.123Z");

  private final long project = ThreadLocalRandom.current().nextLong(1, 1L << 50);

  /** The repository under test. */
  protected abstract AuditRepository repository();

  /** The transactions that it takes part in. */
  protected abstract Transactions transactions();

  /** Runs what a test does side by side, each in a thread of its own. */
  protected Executor threads() {
    return task -> new Thread(task, "contract").start();
  }

  /** A record of this test's own project. */
  protected final AuditRecord record(String subject) {
    return record("key/1", "job.create", subject, Outcome.DONE, NOW);
  }

  private AuditRecord record(
      String actor, String action, String subject, Outcome outcome, Instant at) {
    return new AuditRecord(
        at, project, actor, action, subject, outcome, "192.0.2.1", null, "{\"name\":\"ETL\"}");
  }

  /** Appends in one transaction. */
  protected final void append(AuditRecord... records) {
    transactions()
        .write(
            () -> {
              for (AuditRecord record : records) {
                repository().append(record);
              }
              return records.length;
            });
  }

  private AuditFilter ofMine() {
    return filter(null, null, null, null);
  }

  private AuditFilter filter(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String subject,
      @Nullable Outcome outcome) {
    return new AuditFilter(project, actor, action, subject, outcome, null, null);
  }

  private AuditFilter between(@Nullable Instant from, @Nullable Instant to) {
    return new AuditFilter(project, null, null, null, null, from, to);
  }

  private Page<AuditEntry> list(AuditFilter filter, PageRequest request) {
    return transactions().read(() -> repository().list(filter, request));
  }

  private List<AuditEntry> all(AuditFilter filter) {
    List<AuditEntry> all = new ArrayList<>();
    Position after = null;
    do {
      Page<AuditEntry> page = list(filter, new PageRequest(3, after));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all;
  }

  private List<String> subjects(AuditFilter filter) {
    return all(filter).stream().map(entry -> entry.record().subject()).toList();
  }

  /** All entries of this test's project in the order of the chain, which is verified. */
  protected final List<AuditEntry> verifiedChain() {
    List<AuditEntry> chain = new ArrayList<>(all(ofMine()));
    Collections.reverse(chain);
    for (int i = 1; i < chain.size(); i++) {
      AuditEntry before = chain.get(i - 1);
      AuditEntry entry = chain.get(i);
      assertThat(entry.id()).isEqualTo(before.id() + 1);
      assertThat(entry.hash())
          .isEqualTo(AuditChain.hash(before.hash(), entry.id(), entry.record()));
    }
    return chain;
  }

  @Test
  void anEntryIsFoundAsItWasAppended() {
    var full =
        new AuditRecord(
            NOW,
            project,
            "jwt/jürgen@example.org 😀",
            "key.revoke",
            "key/12",
            Outcome.REFUSED,
            "2001:db8::1",
            "{\"name\":\"a\\nb\"}",
            "{\"name\":null}");
    AuditRecord bare = record("job/1");
    append(full);
    append(bare);
    assertThat(all(ofMine())).extracting(AuditEntry::record).containsExactly(bare, full);
  }

  @Test
  void eachEntryFollowsFromTheOneBefore() {
    append(record("job/1"));
    append(record("job/2"));
    append(record("job/3"));
    assertThat(verifiedChain())
        .extracting(entry -> entry.record().subject())
        .containsExactly("job/1", "job/2", "job/3");
    assertThat(verifiedChain()).extracting(AuditEntry::hash).doesNotHaveDuplicates();
  }

  @Test
  void severalEntriesOfOneTransactionFollowFromEachOther() {
    append(record("job/1"));
    append(record("job/2"), record("job/3"), record("job/4"));
    append(record("job/5"));
    assertThat(verifiedChain())
        .extracting(entry -> entry.record().subject())
        .containsExactly("job/1", "job/2", "job/3", "job/4", "job/5");
  }

  @Test
  void theFirstEntryFollowsFromTheStart() {
    append(record("job/1"));
    AuditEntry first = all(ofMine()).get(0);
    if (first.id() == 1) {
      assertThat(first.hash()).isEqualTo(AuditChain.hash(AuditChain.START, 1, first.record()));
    }
    assertThat(first.id()).isPositive();
    assertThat(first.hash()).matches("[0-9a-f]{64}");
  }

  @Test
  void entriesThatAreAppendedSideBySideMakeOneChain() throws Exception {
    append(record("first"));
    SideBySide.run(
        threads(),
        16,
        i -> {
          append(record("a/" + i), record("b/" + i));
          append(record("c/" + i));
          return i;
        });
    List<AuditEntry> chain = verifiedChain();
    assertThat(chain).hasSize(1 + 16 * 3);
    assertThat(chain).extracting(entry -> entry.record().subject()).doesNotHaveDuplicates();
    for (int i = 0; i < 16; i++) {
      List<String> order = chain.stream().map(entry -> entry.record().subject()).toList();
      assertThat(order.indexOf("b/" + i)).isEqualTo(order.indexOf("a/" + i) + 1);
    }
  }

  @Test
  void theListIsNewestFirstByIdWhateverTheTime() {
    append(record("key/1", "a", "first", Outcome.DONE, NOW));
    append(record("key/1", "a", "second", Outcome.DONE, NOW.minusSeconds(5)));
    append(record("key/1", "a", "third", Outcome.DONE, NOW.plusSeconds(5)));
    assertThat(subjects(ofMine())).containsExactly("third", "second", "first");
  }

  @Test
  void theListShowsNothingOfOtherProjects() {
    append(record("mine"));
    append(
        new AuditRecord(
            NOW,
            project + 1,
            "key/1",
            "job.create",
            "other",
            Outcome.DONE,
            "192.0.2.1",
            null,
            null));
    assertThat(subjects(ofMine())).containsExactly("mine");
  }

  @Test
  void eachFilterTakesWhatFitsExactly() {
    append(record("key/1", "job.create", "job/1", Outcome.DONE, NOW));
    append(record("key/1", "job.change", "job/1", Outcome.REFUSED, NOW));
    append(record("key/2", "job.change", "job/1", Outcome.DONE, NOW));
    append(record("key/2", "job.create", "job/2", Outcome.DONE, NOW));
    append(record("KEY/1", "job.createx", "job/22", Outcome.REFUSED, NOW));
    assertThat(ids(filter("key/1", null, null, null))).containsExactly(2, 1);
    assertThat(ids(filter(null, "job.create", null, null))).containsExactly(4, 1);
    assertThat(ids(filter(null, null, "job/1", null))).containsExactly(3, 2, 1);
    assertThat(ids(filter(null, null, null, Outcome.REFUSED))).containsExactly(5, 2);
    assertThat(ids(filter(null, null, null, Outcome.DONE))).containsExactly(4, 3, 1);
    assertThat(ids(filter("key/1", null, null, Outcome.DONE))).containsExactly(1);
    assertThat(ids(filter("key/2", "job.create", null, null))).containsExactly(4);
    assertThat(ids(filter(null, "job.change", "job/1", null))).containsExactly(3, 2);
    assertThat(ids(filter("key/2", "job.change", "job/1", Outcome.DONE))).containsExactly(3);
    assertThat(ids(filter("key/2", "job.change", "job/1", Outcome.REFUSED))).isEmpty();
    assertThat(ids(filter("key", null, null, null))).isEmpty();
    assertThat(ids(filter("%", null, null, null))).isEmpty();
  }

  /** Which of this test's entries fit, by their number from 1. */
  private List<Integer> ids(AuditFilter filter) {
    List<AuditEntry> chain = verifiedChain();
    return all(filter).stream().map(entry -> chain.indexOf(entry) + 1).toList();
  }

  @Test
  void theTimeFilterHasItsBeginningAndNotItsEnd() {
    for (int second = 0; second < 5; second++) {
      append(record("key/1", "a", "at/" + second, Outcome.DONE, NOW.plusSeconds(second)));
    }
    assertThat(subjects(between(NOW.plusSeconds(1), NOW.plusSeconds(3))))
        .containsExactly("at/2", "at/1");
    assertThat(subjects(between(NOW.plusSeconds(3), null))).containsExactly("at/4", "at/3");
    assertThat(subjects(between(null, NOW.plusSeconds(1)))).containsExactly("at/0");
    assertThat(subjects(between(NOW.plusSeconds(5), null))).isEmpty();
    assertThat(
            subjects(
                new AuditFilter(
                    project,
                    "key/1",
                    null,
                    "at/2",
                    null,
                    NOW.plusSeconds(2),
                    NOW.plusSeconds(2).plusMillis(1))))
        .containsExactly("at/2");
  }

  @Test
  void aPageThatIsJustFullHasNoNext() {
    append(record("job/1"), record("job/2"));
    assertThat(list(ofMine(), PageRequest.first(2)).next()).isNull();
    assertThat(list(ofMine(), PageRequest.first(1)).next()).isNotNull();
  }

  @Test
  void pagingGoesThroughAllWithoutGapOrDoubleWhileEntriesAreAppended() {
    List<String> before = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      append(record("before/" + i));
      before.add(0, "before/" + i);
    }
    List<String> seen = new ArrayList<>();
    Position after = null;
    do {
      Page<AuditEntry> page =
          list(filter("key/1", "job.create", null, null), new PageRequest(3, after));
      page.items().forEach(entry -> seen.add(entry.record().subject()));
      after = page.next();
      append(record("later"));
    } while (after != null);
    assertThat(seen).containsExactlyElementsOf(before);
  }
}
