package io.chronotrack.run.query;

import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The order of a list of runs; what is alike in it is ordered by id, in the same direction.
 *
 * @param measure what is sorted by
 * @param isDescending whether the highest come first
 */
public record RunSort(RunMeasure measure, boolean isDescending) {

  /** The order of a list that asks for no other. */
  public static final RunSort NEWEST_FIRST = new RunSort(RunMeasure.CREATED_AT, true);

  /** Every order there is, as clients name it: with a minus for descending. */
  public static final List<String> NAMES =
      Arrays.stream(RunMeasure.values())
          .flatMap(measure -> Stream.of(measure.field(), "-" + measure.field()))
          .toList();

  /** The order that clients name so; empty if there is none. */
  public static Optional<RunSort> named(String name) {
    boolean isDescending = name.startsWith("-");
    String field = isDescending ? name.substring(1) : name;
    return Arrays.stream(RunMeasure.values())
        .filter(measure -> measure.field().equals(field))
        .findFirst()
        .map(measure -> new RunSort(measure, isDescending));
  }

  /** Where a run is in this order; only of a run that has what is sorted by. */
  public Position positionOf(JobRun run) {
    return new Position(Objects.requireNonNull(measure.of(run)), run.id());
  }

  /** Compares positions in this order. */
  public Comparator<Position> comparator() {
    return isDescending ? Position.ASCENDING.reversed() : Position.ASCENDING;
  }
}
