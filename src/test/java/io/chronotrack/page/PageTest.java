package io.chronotrack.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  private static Page<Long> page(int limit, Long... found) {
    return Page.of(List.of(found), limit, id -> new Position(100, id));
  }

  @Test
  void oneItemMoreThanAskedForOnlyTellsThatTheListGoesOn() {
    assertThat(page(2, 9L, 8L, 7L)).isEqualTo(new Page<>(List.of(9L, 8L), new Position(100, 8)));
  }

  @Test
  void aPageThatIsJustFullIsTheLast() {
    assertThat(page(3, 9L, 8L, 7L)).isEqualTo(new Page<>(List.of(9L, 8L, 7L), null));
  }

  @Test
  void aPageThatIsNotFullIsTheLast() {
    assertThat(page(3, 9L)).isEqualTo(new Page<>(List.of(9L), null));
  }

  @Test
  void anEmptyListHasOneEmptyPage() {
    assertThat(page(3)).isEqualTo(new Page<>(List.of(), null));
  }

  @Test
  void aPageKeepsItsItems() {
    var found = new ArrayList<>(List.of(9L, 8L, 7L));
    Page<Long> page = Page.of(found, 2, id -> new Position(0, id));
    found.clear();
    assertThat(page.items()).containsExactly(9L, 8L);
  }

  @Test
  void theFirstPageIsAfterNothing() {
    assertThat(PageRequest.first(5)).isEqualTo(new PageRequest(5, null));
  }
}
