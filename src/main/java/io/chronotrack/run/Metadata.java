package io.chronotrack.run;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to remember of a run, such as its parameters: a JSON object that ChronoTrack
 * keeps and gives back, and looks into only where a query asks for a member.
 *
 * @param json the object as compact JSON text
 */
public record Metadata(String json) {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** The metadata that this object is. */
  public static Metadata of(JsonObject object) {
    return new Metadata(object.toString());
  }

  /** The object that this text is. */
  public JsonObject toObject() {
    try (var reader = JSON.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  /** Size of the text in bytes of UTF-8. */
  public int bytes() {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * The value of a member: its text, or as JSON writes a number, {@code true} or {@code false};
   * empty if there is no such member, or it is something else.
   *
   * @param path the names that lead to it
   */
  public Optional<String> value(List<String> path) {
    return member(path)
        .flatMap(
            value ->
                switch (value.getValueType()) {
                  case STRING -> Optional.of(((JsonString) value).getString());
                  case NUMBER, TRUE, FALSE -> Optional.of(value.toString());
                  case NULL, OBJECT, ARRAY -> Optional.empty();
                });
  }

  /**
   * Whether a member is there, and not {@code null}.
   *
   * @param path the names that lead to it
   */
  public boolean has(List<String> path) {
    return member(path)
        .filter(value -> value.getValueType() != JsonValue.ValueType.NULL)
        .isPresent();
  }

  private Optional<JsonValue> member(List<String> path) {
    JsonValue value = toObject();
    for (String name : path) {
      value = value instanceof JsonObject object ? object.get(name) : null;
    }
    return Optional.ofNullable(value);
  }

  /**
   * What becomes of metadata when a client patches it with this object: the merge patch goes on
   * inside of it (RFC 7396), so members that it does not mention stay, and {@code null} removes
   * one.
   *
   * @param current what is there; {@code null} if nothing
   */
  Metadata mergedInto(@Nullable Metadata current) {
    var target = current == null ? JsonValue.EMPTY_JSON_OBJECT : current.toObject();
    return of(JSON.createMergePatch(toObject()).apply(target).asJsonObject());
  }
}
