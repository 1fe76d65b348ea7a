package io.chronotrack.change;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON Merge Patch (RFC 7396) says of one member: nothing, or its new value, where {@code
 * null} clears it.
 *
 * @param given whether the patch mentions the member at all
 * @param value the new value; {@code null} clears, and is always {@code null} when not given
 */
public record Change<T>(boolean given, @Nullable T value) {

  /** The member is not mentioned: it stays as it is. */
  public static <T> Change<T> none() {
    return new Change<>(false, null);
  }

  /** The member gets this value, or is cleared by {@code null}. */
  public static <T> Change<T> to(@Nullable T value) {
    return new Change<>(true, value);
  }

  /** The same change, with its value in another form. */
  public <R> Change<R> map(Function<T, R> form) {
    return new Change<>(given, value == null ? null : form.apply(value));
  }

  /** The member's value after this change. */
  public @Nullable T applyTo(@Nullable T current) {
    return given ? value : current;
  }

  /** The value after this change of a member that is never null: clearing it changes nothing. */
  public T applyToRequired(T current) {
    return Objects.requireNonNullElse(value, current);
  }
}
