package io.chronotrack.page;

/**
 * Where a page ended: the sort key of its last item. It stays right while items are added, because
 * it names a place in the order and not a number of items.
 *
 * @param major first part of the sort key; milliseconds of a creation time in lists that are newest
 *     first, 0 in lists that have no first part
 * @param minor second part, unique among items with the same first part: an id or a version
 */
public record Position(long major, long minor) {}
