package io.chronotrack.job;

import io.chronotrack.page.SortNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The order of a list of jobs.
 *
 * @param key what is sorted by
 * @param isDescending whether the highest come first
 */
public record JobSort(Key key, boolean isDescending) {

  /** The order of a list that asks for no other. */
  public static final JobSort NEWEST_FIRST = new JobSort(Key.CREATED_AT, true);

  private static final Map<String, JobSort> BY_NAME =
      SortNames.of(List.of(Key.values()), key -> key.field, JobSort::new);

  /** Every order there is, as clients name it. */
  public static final List<String> NAMES = List.copyOf(BY_NAME.keySet());

  /** What jobs can be sorted by; what is alike is sorted by creation time, then by id. */
  public enum Key {
    /** By name: by its code points, so that the order is the same everywhere. */
    NAME("name"),
    /** By creation time. */
    CREATED_AT("createdAt"),
    /** By the creation time of the last run; a job that has none is before all others. */
    LAST_RUN_AT("lastRunAt");

    private final String field;

    Key(String field) {
      this.field = field;
    }
  }

  /** The order that clients name so; empty if there is none. */
  public static Optional<JobSort> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
