package io.chronotrack.http;

import io.chronotrack.access.Caller;
import io.chronotrack.config.Limits;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request, such as that for a list, read one by one. Like {@link
 * JsonBody} it collects what is wrong, and {@link #verify} refuses all of it at once, together with
 * every parameter that nobody asked for: a mistyped filter must not look like an answer.
 */
public final class QueryParameters {

  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";
  private static final String COUNT = "count";
  private static final String SORT = "sort";

  private final UriInfo uri;
  private final Caller caller;
  private final MultivaluedMap<String, String> values;
  private final Set<String> known = new HashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  /** The query of this request. */
  public QueryParameters(UriInfo uri, Caller caller) {
    this.uri = uri;
    this.caller = caller;
    this.values = uri.getQueryParameters();
  }

  /** A text; {@code null} if not given. */
  public @Nullable String text(String name) {
    String text = only(name);
    if (text != null) {
      verifyStorable(name, text);
    }
    return text;
  }

  /** What is given, once, in a form of its own; {@code null} if nothing is. */
  private @Nullable String only(String name) {
    known.add(name);
    List<String> given = values.getOrDefault(name, List.of());
    if (given.size() > 1) {
      refuse(name, "must not be given more than once");
    }
    return given.isEmpty() ? null : given.get(0);
  }

  /** What no database can have stored is asked for by mistake. */
  private void verifyStorable(String name, String value) {
    if (value.indexOf('\0') >= 0) {
      refuse(name, "must not contain control characters");
    }
  }

  /** {@code true} or {@code false}; {@code null} if not given. */
  public @Nullable Boolean flag(String name) {
    String text = only(name);
    if (text == null) {
      return null;
    }
    if (!text.equals("true") && !text.equals("false")) {
      refuse(name, "must be true or false");
    }
    return Boolean.valueOf(text);
  }

  /** A time (RFC 3339) with any offset, cut to the millisecond; {@code null} if not given. */
  public @Nullable Instant time(String name) {
    return parsed(
            name,
            Timestamps::parse,
            "must be a time as of RFC 3339, such as 2026-01-31T09:30:00.000Z; the + of an offset"
                + " is written %2B in an address")
        .orElse(null);
  }

  /** A whole number from 0; {@code null} if not given. */
  public @Nullable Long number(String name) {
    return parsed(name, Numbers::parse, "must be a whole number from 0 to " + Ids.MAX).orElse(null);
  }

  /** A number with the unit s, m, h or d, such as {@code 24h}; {@code null} if not given. */
  public @Nullable Duration period(String name) {
    return parsed(
            name,
            Periods::parse,
            "must be a whole number from 1 to 999999 with the unit s, m, h or d, such as 24h")
        .orElse(null);
  }

  /**
   * The order of the list; empty if not given.
   *
   * @param names of all orders that the list has
   */
  public <T> Optional<T> order(List<String> names, Function<String, Optional<T>> named) {
    return parsed(SORT, named, "must be one of " + names);
  }

  /** Whether the client wants the items counted. */
  public boolean count() {
    return Boolean.TRUE.equals(flag(COUNT));
  }

  /**
   * Parameters whose names begin alike and go on as the client likes, such as {@code metadata.env}:
   * what they go on with, and their values.
   */
  public Map<String, String> members(String prefix) {
    Map<String, String> members = new LinkedHashMap<>();
    for (String name : values.keySet()) {
      if (name.startsWith(prefix)) {
        String value = text(name);
        if (value != null) {
          members.put(name.substring(prefix.length()), value);
        }
      }
    }
    return members;
  }

  /** Notes that something is wrong with a parameter. */
  public void refuse(String name, String detail) {
    violations.add(Violation.ofParameter(name, detail));
  }

  /** Ids, separated like the values of a {@link #list}; at most so many. */
  public Set<Long> ids(String name, int most) {
    Set<Long> ids = new LinkedHashSet<>();
    for (String value : list(name)) {
      var id = Numbers.parse(value).filter(number -> number > 0);
      if (id.isEmpty()) {
        refuse(name, "must be whole numbers from 1 to " + Ids.MAX);
        break;
      }
      ids.add(id.get());
    }
    if (ids.size() > most) {
      refuse(name, "must not have more than " + most + " values");
    }
    return ids;
  }

  /**
   * What a text tells in a form of the caller's; empty if it is not given, or tells nothing.
   *
   * @param form reads the text; empty if it tells nothing
   * @param expected what is said of a text that tells nothing
   */
  public <T> Optional<T> parsed(String name, Function<String, Optional<T>> form, String expected) {
    String text = only(name);
    if (text == null) {
      return Optional.empty();
    }
    Optional<T> value = form.apply(text);
    if (value.isEmpty()) {
      refuse(name, expected);
    }
    return value;
  }

  /** Values separated by commas (a comma in a value is written {@code \,}) or by repetition. */
  public Set<String> list(String name) {
    known.add(name);
    Set<String> list = new LinkedHashSet<>();
    for (String given : values.getOrDefault(name, List.of())) {
      for (String value : given.split("(?<!\\\\),", -1)) {
        if (value.isEmpty()) {
          refuse(name, "must not have an empty value");
        }
        verifyStorable(name, value);
        list.add(value.replace("\\,", ","));
      }
    }
    return list;
  }

  /** Names of constants, separated like the values of a {@link #list}. */
  public <E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
    E[] constants = type.getEnumConstants();
    Set<E> chosen = EnumSet.noneOf(type);
    for (String value : list(name)) {
      Arrays.stream(constants)
          .filter(constant -> constant.name().equals(value))
          .findFirst()
          .ifPresentOrElse(
              chosen::add, () -> refuse(name, "must be one of " + Arrays.toString(constants)));
    }
    return chosen;
  }

  /** Which page is asked for: how many items, and behind or before which one. */
  public PageRequest page(Limits limits) {
    int limit = limit(limits);
    return parsed(
            CURSOR,
            cursor -> Cursors.decode(cursor, filters(), limit),
            "must be a cursor of this very list, with the same filters and order")
        .orElseGet(() -> PageRequest.first(limit));
  }

  /**
   * Refuses the query if anything in it was wrong, or was asked for by nobody.
   *
   * @throws ValidationFailed naming everything that is wrong
   */
  public void verify() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        refuse(name, "is not a parameter of this list");
      }
    }
    if (!violations.isEmpty()) {
      throw new ValidationFailed(violations);
    }
  }

  /** The cursor that leads to the page after this position of the same list. */
  String cursorAfter(Position position) {
    return Cursors.encode(position, false, filters());
  }

  /** The cursor that leads to the page before this position of the same list. */
  String cursorBefore(Position position) {
    return Cursors.encode(position, true, filters());
  }

  /** This request's own address with another cursor, relative to the server. */
  URI withCursor(String cursor) {
    URI next = uri.getRequestUriBuilder().replaceQueryParam(CURSOR, cursor).build();
    return UriBuilder.fromPath("")
        .replacePath(next.getRawPath())
        .replaceQuery(next.getRawQuery())
        .build();
  }

  private int limit(Limits limits) {
    String text = only(LIMIT);
    if (text == null) {
      return limits.pageSize();
    }
    if (!text.matches("0*[1-9][0-9]*")) {
      refuse(LIMIT, "must be a whole number from 1");
      return limits.pageSize();
    }
    // However many digits a client sends: what is over the maximum is capped, not refused.
    return new BigInteger(text).min(BigInteger.valueOf(limits.maxPageSize())).intValueExact();
  }

  /** What a cursor is bound to: the project, the list, its filters and its order. */
  private String filters() {
    var filters = new TreeMap<String, List<String>>(values);
    filters.remove(CURSOR);
    filters.remove(LIMIT);
    filters.remove(COUNT);
    return caller.project() + ' ' + uri.getPath() + filters;
  }
}
