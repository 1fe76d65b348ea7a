package io.chronotrack.storage;

import jakarta.persistence.Query;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of a statement, none of which is ever a part of its text. */
public final class SqlParameters {

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Adds a value; what stands for it in the statement. */
  public String add(Object value) {
    String name = "p" + values.size();
    values.put(name, value);
    return ":" + name;
  }

  /** Adds values; what stands for their list in the statement. */
  public String addAll(Collection<?> all) {
    // Nothing is in a list of nothing; not every database lets it be written as ().
    return all.isEmpty()
        ? "(NULL)"
        : all.stream().map(this::add).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Gives a query the values. */
  public <Q extends Query> Q bindTo(Q query) {
    values.forEach(query::setParameter);
    return query;
  }
}
