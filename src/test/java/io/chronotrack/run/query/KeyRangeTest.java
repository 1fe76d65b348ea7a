package io.chronotrack.run.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.page.Position;
import io.chronotrack.run.query.KeyRange.Bound;
import io.chronotrack.run.query.RunCondition.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyRangeTest {

  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  /** Every place that there is, in ascending order: each key with a few ids. */
  private static List<Position> places() {
    List<Position> places = new ArrayList<>();
    for (long key = 0; key < 6; key++) {
      for (long id = 1; id < 5; id++) {
        places.add(new Position(key, id));
      }
    }
    return places;
  }

  private static boolean holds(Bound bound, Position place) {
    return bound.comparison().holds(bound.isOfId() ? place.minor() : place.major(), bound.value());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void thePartsHaveExactlyWhatIsInTheRangeAndInItsOrder(int seed) {
    var random = new Random(seed);
    KeyRange range = KeyRange.ALL;
    for (int i = random.nextInt(3); i > 0; i--) {
      range =
          range.where(
              List.of(Comparison.values()).get(random.nextInt(Comparison.values().length)),
              random.nextInt(6));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      var place = new Position(random.nextInt(6), 1 + random.nextInt(4));
      range =
          random.nextBoolean()
              ? range.behind(place, random.nextBoolean())
              : range.upTo(place, random.nextBoolean());
    }
    KeyRange wanted = range;
    List<Position> found =
        wanted.parts().stream()
            .flatMap(
                bounds ->
                    places().stream()
                        .filter(place -> bounds.stream().allMatch(bound -> holds(bound, place))))
            .toList();
    assertThat(found)
        .as("%s", wanted)
        .containsExactlyElementsOf(places().stream().filter(wanted::contains).toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noPartComparesBothAKeyByOrderAndAnId(int seed) {
    var random = new Random(seed);
    KeyRange range =
        KeyRange.ALL
            .behind(new Position(random.nextInt(6), 1 + random.nextInt(4)), false)
            .upTo(new Position(random.nextInt(6), 1 + random.nextInt(4)), false);
    for (List<Bound> part : range.parts()) {
      boolean hasId = part.stream().anyMatch(Bound::isOfId);
      assertThat(part)
          .filteredOn(bound -> !bound.isOfId())
          .allMatch(bound -> !hasId || bound.comparison() == Comparison.EQUAL);
    }
  }
}
