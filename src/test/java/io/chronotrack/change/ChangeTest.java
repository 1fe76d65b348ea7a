package io.chronotrack.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeTest {

  @Test
  void whatIsNotMentionedStays() {
    assertThat(Change.<String>none().applyTo("old")).isEqualTo("old");
    assertThat(Change.<String>none().applyTo(null)).isNull();
    assertThat(Change.<String>none().applyToRequired("old")).isEqualTo("old");
  }

  @Test
  void whatIsGivenReplaces() {
    assertThat(Change.to("new").applyTo("old")).isEqualTo("new");
    assertThat(Change.to("new").applyTo(null)).isEqualTo("new");
    assertThat(Change.to("new").applyToRequired("old")).isEqualTo("new");
  }

  @Test
  void nullClearsWhatCanBeNull() {
    assertThat(Change.<String>to(null).applyTo("old")).isNull();
    assertThat(Change.<String>to(null).applyToRequired("old")).isEqualTo("old");
  }

  @Test
  void aChangeInAnotherFormSaysTheSame() {
    assertThat(Change.to("12").map(Integer::valueOf)).isEqualTo(Change.to(12));
    assertThat(Change.<String>to(null).map(Integer::valueOf)).isEqualTo(Change.to(null));
    assertThat(Change.<String>none().map(Integer::valueOf)).isEqualTo(Change.none());
  }
}
