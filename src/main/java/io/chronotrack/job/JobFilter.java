package io.chronotrack.job;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list shows: those that fit every part.
 *
 * @param name exactly this name; {@code null} takes every name
 * @param archived archived or not; {@code null} takes both
 * @param types one of these types; empty takes every type and none
 */
public record JobFilter(@Nullable String name, @Nullable Boolean archived, Set<String> types) {

  /** All jobs. */
  public static final JobFilter ALL = new JobFilter(null, null, Set.of());
}
