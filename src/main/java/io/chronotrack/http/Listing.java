package io.chronotrack.http;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of every collection.
 *
 * @param items what this page has
 * @param nextCursor leads to the following page; {@code null} on the last one
 * @param prevCursor leads to the page before; {@code null} on the first one
 * @param limit most items that this page could have
 */
@JsonbPropertyOrder({"items", "nextCursor", "prevCursor", "limit"})
public record Listing<V>(
    List<V> items, @Nullable String nextCursor, @Nullable String prevCursor, int limit) {}
