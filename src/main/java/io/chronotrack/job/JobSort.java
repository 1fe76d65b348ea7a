package io.chronotrack.job;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The order of a list of jobs.
 *
 * @param key what is sorted by
 * @param isDescending whether the highest come first
 */
public record JobSort(Key key, boolean isDescending) {

  /** The order of a list that asks for no other. */
  public static final JobSort NEWEST_FIRST = new JobSort(Key.CREATED_AT, true);

  /** Every order there is, as clients name it: with a minus for descending. */
  public static final List<String> NAMES =
      Arrays.stream(Key.values()).flatMap(key -> Stream.of(key.field, "-" + key.field)).toList();

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
    boolean isDescending = name.startsWith("-");
    String field = isDescending ? name.substring(1) : name;
    return Arrays.stream(Key.values())
        .filter(key -> key.field.equals(field))
        .findFirst()
        .map(key -> new JobSort(key, isDescending));
  }
}
