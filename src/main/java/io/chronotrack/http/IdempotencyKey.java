package io.chronotrack.http;

import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Idempotency-Key} (IETF draft httpapi-idempotency-key-header): a string in
 * quotes, as RFC 9651 writes them, or the bare value, as most clients send it.
 */
final class IdempotencyKey {

  /** The name of the header. */
  static final String HEADER = "Idempotency-Key";

  /** Set on an answer that was given before. */
  static final String REPLAYED = "Idempotent-Replayed";

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

  /** RFC 9651, section 3.3.3; what it may consist of is looked at afterwards. */
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

  private IdempotencyKey() {}

  /**
   * The key of a request, without its quotes; {@code null} if it has none.
   *
   * @throws ValidationFailed if the header is there and is no key
   */
  static @Nullable String of(HttpHeaders headers) {
    List<String> lines = headers.getRequestHeader(HEADER);
    if (lines == null || lines.isEmpty()) {
      return null;
    }
    String key = lines.size() == 1 ? unquoted(lines.get(0).strip()) : "";
    if (!KEY.matcher(key).matches()) {
      // Without the value, which may be a secret in the wrong place.
      throw new ValidationFailed(
          Violation.ofHeader(
              HEADER,
              "must be one value of 1 to 255 visible ASCII characters, with or without"
                  + " quotes"));
    }
    return key;
  }

  /** The value without its quotes; empty if it begins like a string in quotes and is none. */
  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    var quoted = QUOTED.matcher(value);
    return quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : "";
  }
}
