package io.chronotrack.page;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** How clients name the orders of a list: by a field, with a minus for descending. */
public final class SortNames {

  private SortNames() {}

  /**
   * All orders of a list by their names.
   *
   * @param keys what can be sorted by
   * @param field the name of what is sorted by
   * @param order makes an order of a key and whether it is descending
   */
  public static <K, S> Map<String, S> of(
      List<K> keys, Function<K, String> field, BiFunction<K, Boolean, S> order) {
    Map<String, S> orders = new LinkedHashMap<>();
    for (K key : keys) {
      orders.put(field.apply(key), order.apply(key, false));
      orders.put("-" + field.apply(key), order.apply(key, true));
    }
    return Collections.unmodifiableMap(orders);
  }
}
