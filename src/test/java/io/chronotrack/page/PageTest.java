package io.chronotrack.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  private static Page<Long> page(int limit, Long... found) {
    return Page.of(List.of(found), PageRequest.first(limit), id -> new Position(100, id));
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
    Page<Long> page = Page.of(found, PageRequest.first(2), id -> new Position(0, id));
    found.clear();
    assertThat(page.items()).containsExactly(9L, 8L);
  }

  @Test
  void theFirstPageIsAfterNothing() {
    assertThat(PageRequest.first(5)).isEqualTo(new PageRequest(5, null));
  }

  @Test
  void aPageBehindAPlaceTellsWhatIsBeforeIt() {
    var request = new PageRequest(2, new Position(100, 10));
    assertThat(Page.of(List.of(9L, 8L, 7L), request, id -> new Position(100, id)))
        .isEqualTo(new Page<>(List.of(9L, 8L), new Position(100, 8), new Position(100, 9)));
  }

  @Test
  void aBackwardPageIsInTheOrderOfTheList() {
    var request = new PageRequest(2, new Position(100, 7), true);
    assertThat(Page.of(List.of(8L, 9L, 10L), request, id -> new Position(100, id)))
        .isEqualTo(new Page<>(List.of(9L, 8L), new Position(100, 8), new Position(100, 9)));
  }

  @Test
  void aBackwardPageThatReachesTheBeginningIsTheFirst() {
    var request = new PageRequest(2, new Position(100, 7), true);
    assertThat(Page.of(List.of(8L), request, id -> new Position(100, id)))
        .isEqualTo(new Page<>(List.of(8L), new Position(100, 8), null));
  }

  @Test
  void aSearchThatEndedEarlyGoesOnWhereItEnded() {
    var request = new PageRequest(2, new Position(100, 10));
    var end = new Position(100, 3);
    assertThat(Page.ofSearch(List.of(9L), request, end, true, id -> new Position(100, id)))
        .isEqualTo(new Page<>(List.of(9L), end, new Position(100, 9)));
  }

  @Test
  void whoReadsBackFromAnEmptyPageMeetsWhatThePageBeganBehind() {
    var request = new PageRequest(2, new Position(100, 10));
    var end = new Position(100, 3);
    assertThat(Page.ofSearch(List.<Long>of(), request, end, true, id -> new Position(100, id)))
        .isEqualTo(new Page<>(List.of(), end, new Position(100, 9)));
  }
}
