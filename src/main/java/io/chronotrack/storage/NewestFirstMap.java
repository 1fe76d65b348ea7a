package io.chronotrack.storage;

import io.chronotrack.change.StaleVersion;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Items in the heap, found by id or listed newest first: what the in-memory stores share. Safe for
 * use by many threads.
 *
 * @param <T> the item; its position never changes
 */
public final class NewestFirstMap<T> {

  private static final Comparator<Position> NEWEST_FIRST = Position.ASCENDING.reversed();

  private final Map<Long, T> byId = new ConcurrentHashMap<>();
  private final NavigableMap<Position, Long> order = new ConcurrentSkipListMap<>(NEWEST_FIRST);
  private final Function<T, Position> positionOf;

  /**
   * @param positionOf the sort key of an item
   */
  public NewestFirstMap(Function<T, Position> positionOf) {
    this.positionOf = positionOf;
  }

  /** Adds an item with a new id. */
  public void add(long id, T item) {
    if (byId.putIfAbsent(id, item) != null) {
      throw new IllegalStateException("the id " + id + " is taken");
    }
    order.put(positionOf.apply(item), id);
  }

  /**
   * Replaces an item in one step; nothing changes if the replacement throws.
   *
   * @throws StaleVersion if there is no such item
   */
  public void replace(long id, UnaryOperator<T> replacement) {
    if (byId.computeIfPresent(id, (key, item) -> replacement.apply(item)) == null) {
      throw new StaleVersion(0);
    }
  }

  /** The item with this id. */
  public Optional<T> get(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All items, in no certain order. */
  public Stream<T> all() {
    return byId.values().stream();
  }

  /** Items that fit, newest first. */
  public Page<T> page(Predicate<T> fits, PageRequest request) {
    Position after = request.after();
    NavigableMap<Position, Long> reading = request.isBackward() ? order.descendingMap() : order;
    NavigableMap<Position, Long> rest = after == null ? reading : reading.tailMap(after, false);
    List<T> found =
        rest.values().stream()
            .flatMap(id -> get(id).stream())
            .filter(fits)
            .limit(request.limit() + 1L)
            .toList();
    return Page.of(found, request, positionOf);
  }
}
