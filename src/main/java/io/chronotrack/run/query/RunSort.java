package io.chronotrack.run.query;

import io.chronotrack.page.Position;
import io.chronotrack.page.SortNames;
import io.chronotrack.run.JobRun;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The order of a list of runs; what is alike in it is ordered by id, in the same direction.
 *
 * @param measure what is sorted by
 * @param isDescending whether the highest come first
 */
public record RunSort(RunMeasure measure, boolean isDescending) {

  /** The order of a list that asks for no other. */
  public static final RunSort NEWEST_FIRST = new RunSort(RunMeasure.CREATED_AT, true);

  private static final Map<String, RunSort> BY_NAME =
      SortNames.of(List.of(RunMeasure.values()), RunMeasure::field, RunSort::new);

  /** Every order there is, as clients name it. */
  public static final List<String> NAMES = List.copyOf(BY_NAME.keySet());

  /** The order that clients name so; empty if there is none. */
  public static Optional<RunSort> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
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
