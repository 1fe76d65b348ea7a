package io.chronotrack.http;

import io.chronotrack.change.Change;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that a client sent, read member by member.
 *
 * <p>The methods collect what is wrong instead of throwing it; {@link #verify} then refuses all of
 * it at once, together with every member that nobody asked for. Until then a wrong member reads as
 * not given. Made for one request; not thread-safe.
 */
public final class JsonBody {

  /** The content type of a JSON Merge Patch (RFC 7396). */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  /** Its members; {@code null} if there should be an object and is none, which is told already. */
  private final @Nullable JsonObject members;

  /** Leads to it from the top of the body. */
  private final String pointer;

  private final Set<String> known = new HashSet<>();
  private final List<Violation> violations;
  private final List<JsonBody> parts = new ArrayList<>(0);

  /** The body that this object is. */
  public JsonBody(JsonObject members) {
    this(members, "", new ArrayList<>());
  }

  private JsonBody(@Nullable JsonObject members, String pointer, List<Violation> violations) {
    this.members = members;
    this.pointer = pointer;
    this.violations = violations;
  }

  /** The JSON pointer (RFC 6901) that leads here; empty for the body itself. */
  public String pointer() {
    return pointer;
  }

  /** Whether a member is there, whatever it is. */
  public boolean has(String name) {
    return members != null && members.containsKey(name);
  }

  /** All of it as compact JSON: what it says, whatever white space it came with. */
  public String toJson() {
    return String.valueOf(members);
  }

  /** A text that must be there; empty when it is wrong, which {@link #verify} refuses. */
  public String requiredText(String name, TextRule rule) {
    require(name);
    String value = nonNullText(name, rule).value();
    return value == null ? "" : value;
  }

  /** A text that may be null. */
  public Change<String> text(String name, TextRule rule) {
    return nullable(name, value -> checkedText(name, rule, value));
  }

  /** A text that may be left out but not be null. */
  public Change<String> nonNullText(String name, TextRule rule) {
    return nonNull(name, value -> checkedText(name, rule, value));
  }

  /**
   * The text of a failure report, which must not get lost: what a store could not keep is replaced,
   * and what is too long is cut.
   *
   * @param maxLength longest text in code points
   */
  public Change<String> report(String name, int maxLength) {
    return nullable(name, value -> string(name, value).map(text -> Texts.keep(text, maxLength)));
  }

  /** A time (RFC 3339) with any offset, to the millisecond; may be null. */
  public Change<Instant> time(String name) {
    return nullable(
        name,
        value -> {
          String text = string(name, value).value();
          if (text == null) {
            return Change.none();
          }
          return Timestamps.parse(text)
              .map(Change::to)
              .orElseGet(
                  () ->
                      refuse(
                          name, "must be a time as of RFC 3339, such as 2026-01-31T09:30:00.000Z"));
        });
  }

  /** True or false; may be left out but not be null. */
  public Change<Boolean> flag(String name) {
    return nonNull(
        name,
        value -> {
          if (value.equals(JsonValue.TRUE) || value.equals(JsonValue.FALSE)) {
            return Change.to(value.equals(JsonValue.TRUE));
          }
          return refuse(name, "must be true or false");
        });
  }

  /** The name of a constant; may be left out but not be null. */
  public <E extends Enum<E>> Change<E> choice(String name, Class<E> type) {
    return nonNull(
        name,
        value ->
            Arrays.stream(type.getEnumConstants())
                .filter(
                    constant ->
                        value instanceof JsonString text
                            && text.getString().equals(constant.name()))
                .findFirst()
                .map(Change::to)
                .orElseGet(
                    () ->
                        refuse(
                            name, "must be one of " + Arrays.toString(type.getEnumConstants()))));
  }

  /** The name of a constant in lower case; may be null. */
  public <E extends Enum<E>> Change<E> word(String name, Class<E> type) {
    return nullable(name, value -> constant(name, type, value));
  }

  /** The name of a constant in lower case, which must be there; the first one when it is wrong. */
  public <E extends Enum<E>> E requiredWord(String name, Class<E> type) {
    require(name);
    E word = nonNull(name, value -> constant(name, type, value)).value();
    return word == null ? type.getEnumConstants()[0] : word;
  }

  /** A whole number in these bounds, which must be there; the lower one when it is wrong. */
  public int requiredNumber(String name, int min, int max) {
    require(name);
    Integer number =
        this.<Integer>nonNull(
                name,
                value ->
                    wholeNumber(value, min, max)
                        .map(read -> Change.to(read.intValue()))
                        .orElseGet(
                            () ->
                                refuse(name, "must be a whole number from " + min + " to " + max)))
            .value();
    return number == null ? min : number;
  }

  /** An id, which must be there; the lowest one when it is wrong. */
  public long requiredId(String name) {
    require(name);
    Long id =
        this.<Long>nonNull(
                name,
                value ->
                    wholeNumber(value, 1, Ids.MAX)
                        .map(Change::to)
                        .orElseGet(
                            () -> refuse(name, "must be a whole number from 1 to " + Ids.MAX)))
            .value();
    return id == null ? 1 : id;
  }

  /** An object that must be there, read like this one; {@link #verify} verifies it as well. */
  public JsonBody requiredObject(String name) {
    require(name);
    known.add(name);
    JsonValue value = members == null ? null : members.get(name);
    JsonObject object = value instanceof JsonObject found ? found : null;
    if (value != null && object == null) {
      refuse(name, "must be an object");
    }
    var part = new JsonBody(object, violation(name, "").name(), violations);
    parts.add(part);
    return part;
  }

  /**
   * An array of objects that must be there. Each of them is verified by itself: one that is wrong,
   * or is no object, does not make this one wrong.
   *
   * @param most objects that it may have; it must have one
   */
  public List<JsonBody> requiredObjects(String name, int most) {
    require(name);
    return this.<List<JsonBody>>nonNull(
            name,
            value ->
                value instanceof JsonArray array && !array.isEmpty() && array.size() <= most
                    ? Change.to(items(violation(name, "").name(), array))
                    : refuse(name, "must be an array of 1 to " + most + " objects"))
        .applyToRequired(List.of());
  }

  private static List<JsonBody> items(String pointer, JsonArray array) {
    List<JsonBody> items = new ArrayList<>(array.size());
    for (JsonValue value : array) {
      String itsPointer = pointer + "/" + items.size();
      JsonObject object = value instanceof JsonObject found ? found : null;
      var item = new JsonBody(object, itsPointer, new ArrayList<>(0));
      if (object == null) {
        item.violations.add(
            new Violation(Violation.Place.POINTER, itsPointer, "must be an object"));
      }
      items.add(item);
    }
    return items;
  }

  /**
   * A list of ids that may be null.
   *
   * @param most ids that it may have; it must have one
   */
  public Change<Set<Long>> ids(String name, int most) {
    return nullable(
        name,
        value -> {
          if (value instanceof JsonArray array && !array.isEmpty() && array.size() <= most) {
            List<Long> ids =
                array.stream().flatMap(item -> wholeNumber(item, 1, Ids.MAX).stream()).toList();
            if (ids.size() == array.size()) {
              return Change.to(Set.copyOf(new HashSet<>(ids)));
            }
          }
          return refuse(name, "must be null or an array of 1 to " + most + " ids");
        });
  }

  /**
   * An object that may be null.
   *
   * @param maxBytes largest size in bytes of UTF-8, as compact JSON
   */
  public Change<JsonObject> object(String name, int maxBytes) {
    return nullable(
        name,
        value -> {
          if (!(value instanceof JsonObject object)) {
            return refuse(name, "must be an object or null");
          }
          String json = object.toString();
          if (!Texts.isWellFormed(json)) {
            return refuse(name, Texts.MALFORMED);
          }
          if (json.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            return refuse(name, "must not have more than " + maxBytes + " bytes");
          }
          return Change.to(object);
        });
  }

  /**
   * Refuses the body if anything in it was wrong, or was asked for by nobody.
   *
   * @throws ValidationFailed naming everything that is wrong
   */
  public void verify() {
    addWhatNobodyAskedFor();
    verifySoFar();
  }

  /**
   * Refuses the body if anything that was read of it was wrong: for what decides how to read the
   * rest.
   *
   * @throws ValidationFailed naming everything that was wrong so far
   */
  public void verifySoFar() {
    if (!violations.isEmpty()) {
      throw new ValidationFailed(violations);
    }
  }

  private void addWhatNobodyAskedFor() {
    if (members != null) {
      for (String name : members.keySet()) {
        if (!known.contains(name)) {
          refuse(name, "is not a member that can be set here");
        }
      }
    }
    parts.forEach(JsonBody::addWhatNobodyAskedFor);
  }

  private void require(String name) {
    if (members != null && !members.containsKey(name)) {
      known.add(name);
      refuse(name, "is required");
    }
  }

  private <E extends Enum<E>> Change<E> constant(String name, Class<E> type, JsonValue value) {
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    int index = value instanceof JsonString text ? words.indexOf(text.getString()) : -1;
    return index < 0
        ? refuse(name, "must be one of " + words)
        : Change.to(type.getEnumConstants()[index]);
  }

  private static Optional<Long> wholeNumber(JsonValue value, long min, long max) {
    if (!(value instanceof JsonNumber number)) {
      return Optional.empty();
    }
    BigDecimal exact = number.bigDecimalValue();
    // Compared before it is converted: an exponent can make a number that fills the memory.
    boolean inBounds =
        exact.compareTo(BigDecimal.valueOf(min)) >= 0
            && exact.compareTo(BigDecimal.valueOf(max)) <= 0;
    return inBounds && exact.stripTrailingZeros().scale() <= 0
        ? Optional.of(exact.longValueExact())
        : Optional.empty();
  }

  private <T> Change<T> nullable(String name, Function<JsonValue, Change<T>> reading) {
    known.add(name);
    JsonValue value = members == null ? null : members.get(name);
    if (value == null) {
      return Change.none();
    }
    return value.equals(JsonValue.NULL) ? Change.to(null) : reading.apply(value);
  }

  private <T> Change<T> nonNull(String name, Function<JsonValue, Change<T>> reading) {
    Change<T> change = nullable(name, reading);
    if (change.given() && change.value() == null) {
      return refuse(name, "must not be null");
    }
    return change;
  }

  private Change<String> checkedText(String name, TextRule rule, JsonValue value) {
    Change<String> read = string(name, value);
    String text = read.value();
    return text == null
        ? read
        : rule.complaintAbout(text).map(reason -> this.<String>refuse(name, reason)).orElse(read);
  }

  private Change<String> string(String name, JsonValue value) {
    return value instanceof JsonString text
        ? Change.to(text.getString())
        : refuse(name, "must be a string");
  }

  private <T> Change<T> refuse(String name, String reason) {
    violations.add(violation(name, reason));
    return Change.none();
  }

  private Violation violation(String name, String reason) {
    return Violation.ofMember(name, reason).inside(pointer);
  }
}
