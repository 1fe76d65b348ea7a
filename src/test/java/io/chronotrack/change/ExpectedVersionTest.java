package io.chronotrack.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chronotrack.problem.ErrorCode;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectedVersionTest {

  @Test
  void anyVersionIsAccepted() {
    assertThatCode(() -> ExpectedVersion.ANY.verify(17)).doesNotThrowAnyException();
  }

  @Test
  void oneOfTheNamedVersionsIsAccepted() {
    assertThatCode(() -> new ExpectedVersion(Set.of(2L, 3L)).verify(3)).doesNotThrowAnyException();
  }

  @Test
  void anotherVersionIsRefusedAndTold() {
    var refusal =
        catchThrowableOfType(
            StaleVersion.class, () -> new ExpectedVersion(Set.of(2L, 3L)).verify(4));
    assertThat(refusal.code()).isEqualTo(ErrorCode.VERSION_MISMATCH);
    assertThat(refusal.detail()).contains("its version is now 4");
  }

  @Test
  void noVersionAtAllIsAcceptedWhenNoneIsNamed() {
    assertThat(
            catchThrowableOfType(StaleVersion.class, () -> new ExpectedVersion(Set.of()).verify(1)))
        .isNotNull();
  }
}
