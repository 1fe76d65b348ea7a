package io.chronotrack.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.change.Change;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProjectTest {

  private static final Instant CREATED = Instant.parse("2026-01-31T09:30:00Z");
  private static final Instant NOW = CREATED.plusSeconds(60);

  private final Project project = Project.create(3, new NewProject("billing", "Billing"), CREATED);

  private static ProjectPatch archived(boolean archived) {
    return new ProjectPatch(Change.none(), Change.to(archived));
  }

  @Test
  void aNewProjectIsVersionOneAndNotArchived() {
    assertThat(project).isEqualTo(new Project(3, "billing", "Billing", false, CREATED, CREATED, 1));
  }

  @Test
  void theDefaultProjectIsTheFirstOne() {
    assertThat(Project.createDefault(CREATED))
        .isEqualTo(new Project(1, "default", "Default", false, CREATED, CREATED, 1));
  }

  @Test
  void aPatchChangesWhatItNamesAndCountsTheVersion() {
    var patch = new ProjectPatch(Change.to("Invoices"), Change.to(true));
    assertThat(project.apply(patch, NOW))
        .isEqualTo(new Project(3, "billing", "Invoices", true, CREATED, NOW, 2));
  }

  @Test
  void whatAPatchDoesNotNameStays() {
    assertThat(project.apply(archived(true), NOW))
        .isEqualTo(new Project(3, "billing", "Billing", true, CREATED, NOW, 2));
  }

  @Test
  void aPatchThatNamesNothingGivesTheVeryProject() {
    assertThat(project.apply(new ProjectPatch(Change.none(), Change.none()), NOW))
        .isSameAs(project);
  }

  @Test
  void aPatchThatRepeatsWhatIsSoGivesTheVeryProject() {
    var same = new ProjectPatch(Change.to("Billing"), Change.to(false));
    assertThat(project.apply(same, NOW)).isSameAs(project);
  }

  @Test
  void aProjectCanBeTakenOutOfTheArchive() {
    Project back = project.apply(archived(true), NOW).apply(archived(false), NOW);
    assertThat(back).isEqualTo(new Project(3, "billing", "Billing", false, CREATED, NOW, 3));
  }
}
