package io.chronotrack.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.job.LastRunStatus;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LastRunStatusTest {

  /** Jobs know nothing of runs, so they name the statuses by themselves. */
  @Test
  void aLastRunHasTheStatusesOfRunsOrNone() {
    assertThat(Arrays.stream(LastRunStatus.values()).map(Enum::name))
        .containsExactlyElementsOf(
            Stream.concat(Stream.of("NONE"), Arrays.stream(RunStatus.values()).map(RunStatus::name))
                .toList());
  }
}
