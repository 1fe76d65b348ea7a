package io.chronotrack.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace that a request belongs to, as told by W3C Trace Context. */
public final class TraceContext {

  /** Section 3.2 of the recommendation, version 00: no id is all zeros. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceContext() {}

  /**
   * The header {@code traceparent}; {@code null} if there is none, or one that is not valid, which
   * the recommendation says to ignore.
   */
  public static @Nullable String traceparent(HttpHeaders headers) {
    String value = headers.getHeaderString("traceparent");
    return value != null && TRACEPARENT.matcher(value).matches() ? value : null;
  }
}
