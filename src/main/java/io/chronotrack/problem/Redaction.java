package io.chronotrack.problem;

import java.util.regex.Pattern;

/**
 * Takes credentials out of what a request brought, before it is shown or logged: somebody may have
 * put one where it does not belong, such as into a path.
 */
public final class Redaction {

  /**
   * An API key, with its underscore possibly percent-encoded; or a JSON Web Token (RFC 7519), of
   * which {@code eyJ} is the beginning of the header, <code>{"</code>, in base64url. A token that
   * is cut short counts too.
   */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?<![A-Za-z0-9])ct(?:_|%5[Ff])[A-Za-z0-9_]+(?:%5[Ff][A-Za-z0-9_]+)*"
              + "|eyJ[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)+");

  private Redaction() {}

  /** The text with {@code [redacted]} in place of each credential. */
  public static String of(String text) {
    return CREDENTIAL.matcher(text).replaceAll("[redacted]");
  }
}
