package io.chronotrack.http;

import io.chronotrack.page.BoundedCount;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a collection whose items can be counted.
 *
 * @param items what this page has
 * @param nextCursor leads to the following page; {@code null} on the last one
 * @param prevCursor leads to the page before; {@code null} on the first one
 * @param limit most items that this page could have
 * @param count how many items there are on all pages; {@code null} unless it was asked for
 */
@JsonbPropertyOrder({"items", "nextCursor", "prevCursor", "limit", "count"})
public record CountedListing<V>(
    List<V> items,
    @Nullable String nextCursor,
    @Nullable String prevCursor,
    int limit,
    @Nullable Count count) {

  /**
   * A number of items; the members are those of {@link BoundedCount}.
   *
   * @param value the number
   * @param exact whether these are all
   */
  @JsonbPropertyOrder({"value", "exact"})
  public record Count(long value, boolean exact) {

    static @Nullable Count of(@Nullable BoundedCount count) {
      return count == null ? null : new Count(count.value(), count.exact());
    }
  }
}
