package io.chronotrack.project.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.change.Change;
import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.project.NewProject;
import io.chronotrack.project.Project;
import io.chronotrack.project.ProjectExists;
import io.chronotrack.project.ProjectFilter;
import io.chronotrack.project.ProjectPatch;
import io.chronotrack.project.ProjectRepository;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ProjectRepository} promises.
 *
 * <p>The repository may have other projects than the default one: each test looks only at projects
 * of its own, which it tells by how their keys begin.
 */
@Timeout(120)
public abstract class ProjectRepositoryContract {

  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00.123Z");

  private final String mine = "p" + UUID.randomUUID();
  private final AtomicInteger keys = new AtomicInteger();

  /** The repository under test. */
  protected abstract ProjectRepository repository();

  /** The transactions that it takes part in. */
  protected abstract Transactions transactions();

  /** Runs what a test does side by side, each in a thread of its own. */
  protected Executor threads() {
    return task -> new Thread(task, "contract").start();
  }

  private String newKey() {
    return mine + "-" + keys.incrementAndGet();
  }

  private Project insert(String key, boolean archived, Instant createdAt) {
    return transactions()
        .write(
            () -> {
              var project =
                  new Project(
                      repository().nextId(), key, "name", archived, createdAt, createdAt, 1);
              repository().insert(project);
              return project;
            });
  }

  private Project insert(Instant createdAt) {
    return insert(newKey(), false, createdAt);
  }

  private void update(Project project) {
    transactions()
        .write(
            () -> {
              repository().update(project);
              return project;
            });
  }

  private Optional<Project> find(long id) {
    return transactions().read(() -> repository().find(id));
  }

  private Optional<Project> findByKey(String key) {
    return transactions().read(() -> repository().findByKey(key));
  }

  private Page<Project> list(ProjectFilter filter, PageRequest request) {
    return transactions().read(() -> repository().list(filter, request));
  }

  /** Those of the list that this test has made, read in pages of three. */
  private List<Project> allOfMine(ProjectFilter filter) {
    List<Project> all = new ArrayList<>();
    Position after = null;
    do {
      Page<Project> page = list(filter, new PageRequest(3, after));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(3);
      all.addAll(page.items());
      after = page.next();
    } while (after != null);
    return all.stream().filter(project -> project.key().startsWith(mine)).toList();
  }

  private static Project renamed(Project project, String name) {
    return project.apply(new ProjectPatch(Change.to(name), Change.none()), NOW.plusSeconds(1));
  }

  private long unknownId() {
    return transactions().write(() -> repository().nextId());
  }

  @Test
  void theDefaultProjectIsThere() {
    Project first = find(Project.DEFAULT_ID).orElseThrow();
    assertThat(findByKey(Project.DEFAULT_KEY)).contains(first);
    assertThat(first).isEqualTo(Project.createDefault(first.createdAt()));
  }

  @Test
  void anInsertedProjectIsFoundAsItWas() {
    String key = newKey();
    Project project =
        transactions()
            .write(
                () -> {
                  Project created =
                      Project.create(repository().nextId(), new NewProject(key, "näme 😀"), NOW);
                  repository().insert(created);
                  return created;
                });
    assertThat(find(project.id())).contains(project);
    assertThat(findByKey(key)).contains(project);
    assertThat(transactions().write(() -> repository().findForUpdate(key))).contains(project);
  }

  @Test
  void theRunningTransactionSeesWhatItInserted() {
    String key = newKey();
    transactions()
        .write(
            () -> {
              Project project =
                  Project.create(repository().nextId(), new NewProject(key, "name"), NOW);
              repository().insert(project);
              assertThat(repository().findForUpdate(key)).contains(project);
              assertThatExceptionOfType(ProjectExists.class)
                  .isThrownBy(() -> repository().insert(project));
              return project;
            });
  }

  @Test
  void theRunningTransactionSeesWhatItUpdated() {
    Project project = insert(NOW);
    transactions()
        .write(
            () -> {
              Project changed = renamed(project, "second");
              repository().update(changed);
              assertThat(repository().findForUpdate(project.key()).map(Project::name))
                  .contains("second");
              return changed;
            });
  }

  @Test
  void whatIsUnknownIsEmpty() {
    long unknown = unknownId();
    assertThat(find(unknown)).isEmpty();
    assertThat(find(Long.MAX_VALUE)).isEmpty();
    assertThat(find(0)).isEmpty();
    assertThat(findByKey(newKey())).isEmpty();
    assertThat(transactions().write(() -> repository().findForUpdate(newKey()))).isEmpty();
  }

  @Test
  void keysCompareExactly() {
    Project project = insert(NOW);
    for (String close :
        List.of(
            project.key().toUpperCase(Locale.ROOT),
            project.key() + " ",
            project.key().substring(1),
            "%",
            "",
            "_" + project.key().substring(1))) {
      assertThat(findByKey(close)).isEmpty();
      assertThat(transactions().write(() -> repository().findForUpdate(close))).isEmpty();
    }
  }

  @Test
  void idsGrow() {
    long first = unknownId();
    Project project = insert(NOW);
    assertThat(first).isGreaterThan(Project.DEFAULT_ID);
    assertThat(project.id()).isGreaterThan(first);
    assertThat(unknownId()).isGreaterThan(project.id());
  }

  @Test
  void aKeyThatIsTakenIsRefusedAndChangesNothing() {
    Project project = insert(newKey(), true, NOW);
    assertThatExceptionOfType(ProjectExists.class)
        .isThrownBy(() -> insert(project.key(), false, NOW.plusSeconds(1)))
        .withMessageContaining(project.key());
    assertThat(findByKey(project.key())).contains(project);
    assertThat(allOfMine(ProjectFilter.ALL)).containsExactly(project);
  }

  @Test
  void theDefaultKeyIsTaken() {
    assertThatExceptionOfType(ProjectExists.class)
        .isThrownBy(() -> insert(Project.DEFAULT_KEY, false, NOW));
  }

  @Test
  void anUpdateReplacesEverythingThatCanChange() {
    Project project = insert(NOW);
    var patch = new ProjectPatch(Change.to("other"), Change.to(true));
    Project changed = project.apply(patch, NOW.plusMillis(1));
    update(changed);
    assertThat(find(project.id())).contains(changed);
    assertThat(findByKey(project.key())).contains(changed);
    assertThat(changed.version()).isEqualTo(2);
  }

  @Test
  void aStaleSaveChangesNothing() {
    Project project = insert(NOW);
    Project second = renamed(project, "second");
    update(second);
    assertThatExceptionOfType(StaleVersion.class)
        .isThrownBy(() -> update(renamed(project, "late")))
        .withMessageContaining("version is now 2");
    assertThat(find(project.id())).contains(second);
  }

  @Test
  void aSaveThatSkipsAVersionChangesNothing() {
    Project project = insert(NOW);
    Project third = renamed(renamed(project, "second"), "third");
    assertThatExceptionOfType(StaleVersion.class).isThrownBy(() -> update(third));
    assertThat(find(project.id())).contains(project);
  }

  @Test
  void aSaveOfAnUnknownProjectIsStaleAndAddsNothing() {
    Project unknown =
        renamed(Project.create(unknownId(), new NewProject(newKey(), "name"), NOW), "x");
    assertThatExceptionOfType(StaleVersion.class).isThrownBy(() -> update(unknown));
    assertThat(find(unknown.id())).isEmpty();
    assertThat(findByKey(unknown.key())).isEmpty();
  }

  @Test
  void theListIsNewestFirstAndThenByHighestId() {
    Project old = insert(NOW.minusSeconds(1));
    Project first = insert(NOW);
    Project second = insert(NOW);
    Project older = insert(NOW.minusSeconds(2));
    assertThat(allOfMine(ProjectFilter.ALL)).containsExactly(second, first, old, older);
  }

  @Test
  void theListHasTheDefaultProject() {
    Project first = find(Project.DEFAULT_ID).orElseThrow();
    assertThat(list(ProjectFilter.ALL.only(Project.DEFAULT_ID), PageRequest.first(3)).items())
        .containsExactly(first);
    assertThat(list(ProjectFilter.ALL, PageRequest.first(10_000)).items()).contains(first);
  }

  @Test
  void theListShowsWhatWasUpdatedInItsOldPlace() {
    Project first = insert(NOW);
    Project second = insert(NOW);
    Project changed = renamed(first, "changed");
    update(changed);
    assertThat(allOfMine(ProjectFilter.ALL)).containsExactly(second, changed);
  }

  @Test
  void eachFilterTakesWhatFits() {
    Project active = insert(newKey(), false, NOW);
    Project archived = insert(newKey(), true, NOW);
    assertThat(allOfMine(ProjectFilter.ALL)).containsExactly(archived, active);
    assertThat(allOfMine(new ProjectFilter(true, null))).containsExactly(archived);
    assertThat(allOfMine(new ProjectFilter(false, null))).containsExactly(active);
    assertThat(allOfMine(new ProjectFilter(null, active.id()))).containsExactly(active);
    assertThat(allOfMine(new ProjectFilter(false, active.id()))).containsExactly(active);
    assertThat(allOfMine(new ProjectFilter(true, active.id()))).isEmpty();
    assertThat(allOfMine(new ProjectFilter(null, unknownId()))).isEmpty();
  }

  @Test
  void aPageThatIsJustFullHasNoNext() {
    Project project = insert(NOW);
    var justThat = new ProjectFilter(null, project.id());
    assertThat(list(justThat, PageRequest.first(1)).next()).isNull();
    assertThat(list(ProjectFilter.ALL, PageRequest.first(1)).next()).isNotNull();
  }

  @Test
  void pagingGoesThroughAllWithoutGapOrDoubleWhileProjectsAreAdded() {
    List<Project> before = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // Several of the same millisecond, so that pages end between them.
      before.add(0, insert(NOW.plusMillis(i / 6)));
    }
    List<Project> seen = new ArrayList<>();
    Position after = null;
    do {
      Page<Project> page = list(ProjectFilter.ALL, new PageRequest(3, after));
      seen.addAll(page.items());
      after = page.next();
      insert(NOW.plusSeconds(1));
    } while (after != null);
    assertThat(seen).doesNotHaveDuplicates().containsSubsequence(before);
  }

  @Test
  void projectsThatAreInsertedSideBySideAreAllThere() throws Exception {
    List<Project> inserted = SideBySide.run(threads(), 16, i -> insert(NOW.plusMillis(i % 3)));
    assertThat(inserted).extracting(Project::id).doesNotHaveDuplicates();
    assertThat(allOfMine(ProjectFilter.ALL)).containsExactlyInAnyOrderElementsOf(inserted);
  }

  @Test
  void ofManyInsertsOfOneKeyExactlyOneWins() throws Exception {
    String key = newKey();
    List<Optional<Project>> results =
        SideBySide.run(
            threads(),
            16,
            i -> {
              try {
                return Optional.of(insert(key, i % 2 == 0, NOW.plusMillis(i)));
              } catch (ProjectExists e) {
                return Optional.<Project>empty();
              }
            });
    List<Project> stored = results.stream().flatMap(Optional::stream).toList();
    assertThat(stored).hasSize(1);
    assertThat(findByKey(key)).contains(stored.get(0));
    assertThat(allOfMine(ProjectFilter.ALL)).containsExactlyElementsOf(stored);
  }

  @Test
  void ofManyUpdatesOfOneVersionExactlyOneIsStored() throws Exception {
    Project project = insert(NOW);
    List<Optional<Project>> results =
        SideBySide.run(
            threads(),
            16,
            i -> {
              Project changed = renamed(project, "name " + i);
              try {
                update(changed);
                return Optional.of(changed);
              } catch (StaleVersion e) {
                return Optional.<Project>empty();
              }
            });
    List<Project> stored = results.stream().flatMap(Optional::stream).toList();
    assertThat(stored).hasSize(1);
    assertThat(find(project.id())).contains(stored.get(0));
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
              List<Project> projects = allOfMine(ProjectFilter.ALL);
              assertThat(new HashSet<>(projects)).hasSameSizeAs(projects);
              return projects.size();
            });
    assertThat(sizes).allMatch(size -> size >= 1 && size <= 5);
  }
}
