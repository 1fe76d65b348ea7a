package io.chronotrack.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.problem.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallerTest {

  @Test
  void theNameOfACallerIsItsActor() {
    Caller caller = SampleCallers.with(Role.REPORTER);
    assertThat(caller.getName()).isEqualTo(caller.actor());
  }

  @Test
  void aCallerActsInTheProjectOfItsScope() {
    assertThat(SampleCallers.with(Role.VIEWER).projectId()).isEqualTo(1);
    assertThat(SampleCallers.inOtherProject(Role.VIEWER).projectId()).isEqualTo(2);
  }

  @Test
  void aCallerOfAWholeProjectMayCreateJobs() {
    assertThatCode(SampleCallers.with(Role.OPERATOR)::verifyMayCreateJobs)
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void aCallerOfCertainJobsMayNotCreateOthersWhateverItsRole(Role role) {
    Caller caller = SampleCallers.ofJobs(role, 7L);
    assertThatExceptionOfType(Forbidden.class)
        .isThrownBy(caller::verifyMayCreateJobs)
        .extracting(Forbidden::code)
        .isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void aProjectThatIsNotArchivedTakesNew() {
    assertThatCode(SampleCallers.system()::verifyProjectTakesNew).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void anArchivedProjectTakesNothingNewWhateverTheRole(Role role) {
    Caller caller = SampleCallers.inArchivedProject(role);
    assertThatExceptionOfType(ProjectArchived.class)
        .isThrownBy(caller::verifyProjectTakesNew)
        .withMessage("Project 'default' is archived and takes no new jobs, runs or keys.")
        .extracting(ProjectArchived::code)
        .isEqualTo(ErrorCode.PROJECT_ARCHIVED);
  }
}
