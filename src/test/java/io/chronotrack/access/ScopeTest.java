package io.chronotrack.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {

  @Test
  void aProjectShowsAllOfItsJobsAndNoneOfAnother() {
    Scope scope = Scope.of(1);
    assertThat(scope.shows(1, 7)).isTrue();
    assertThat(scope.shows(1, Long.MAX_VALUE)).isTrue();
    assertThat(scope.shows(2, 7)).isFalse();
    assertThat(scope.isNarrowed()).isFalse();
  }

  @Test
  void certainJobsAreShownAndNoOther() {
    var scope = new Scope(1, Set.of(7L, 8L));
    assertThat(scope.shows(1, 7)).isTrue();
    assertThat(scope.shows(1, 8)).isTrue();
    assertThat(scope.shows(1, 9)).isFalse();
    assertThat(scope.isNarrowed()).isTrue();
  }

  @Test
  void aJobThatIsNamedIsNotShownInAnotherProject() {
    assertThat(new Scope(1, Set.of(7L)).shows(2, 7)).isFalse();
  }

  @Test
  void noJobAtAllIsNotTheSameAsAll() {
    var scope = new Scope(1, Set.of());
    assertThat(scope.shows(1, 7)).isFalse();
    assertThat(scope.isNarrowed()).isTrue();
  }
}
