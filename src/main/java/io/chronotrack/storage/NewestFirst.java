package io.chronotrack.storage;

import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A query for one page of rows, newest first: by {@code createdAt}, then by {@code id}.
 *
 * <p>The page is found by its position, never by counting rows, so that each page costs the same.
 * Made for one query; not thread-safe.
 *
 * @param <R> the entity
 */
public final class NewestFirst<R> {

  private final Class<R> entity;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  /** A query for all rows of an entity. */
  public NewestFirst(Class<R> entity) {
    this.entity = entity;
  }

  /**
   * Narrows the query.
   *
   * @param condition JPQL on the row {@code r} with one parameter of the given name
   */
  public NewestFirst<R> where(String condition, String parameter, Object value) {
    conditions.add(condition);
    parameters.put(parameter, value);
    return this;
  }

  /**
   * Runs the query.
   *
   * @param reading makes an item of a row
   * @param positionOf the sort key of an item
   */
  public <T> Page<T> page(
      EntityManager reader,
      PageRequest request,
      Function<R, T> reading,
      Function<T, Position> positionOf) {
    Position after = request.after();
    if (after != null) {
      // Written so that the index gives the range: "older, or as old with a lower id" as an OR
      // would make a database read the list from its beginning.
      String sign = request.isBackward() ? ">" : "<";
      where("r.createdAt " + sign + "= :major", "major", after.major());
      where(
          "(r.createdAt " + sign + " :sameMajor or r.id " + sign + " :minor)",
          "sameMajor",
          after.major());
      parameters.put("minor", after.minor());
    }
    String direction = request.isBackward() ? "asc" : "desc";
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    TypedQuery<R> query =
        reader.createQuery(
            "select r from "
                + entity.getSimpleName()
                + " r"
                + where
                + " order by r.createdAt "
                + direction
                + ", r.id "
                + direction,
            entity);
    parameters.forEach(query::setParameter);
    List<T> found =
        query.setMaxResults(request.limit() + 1).getResultList().stream().map(reading).toList();
    return Page.of(found, request, positionOf);
  }
}
