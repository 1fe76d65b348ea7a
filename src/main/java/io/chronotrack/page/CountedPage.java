package io.chronotrack.page;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list, and how many items the whole list has.
 *
 * @param count {@code null} unless it was asked for
 */
public record CountedPage<T>(Page<T> page, @Nullable BoundedCount count) {}
