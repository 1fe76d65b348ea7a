package io.chronotrack.problem;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Takes credentials out of what a request brought, before it is shown or logged: somebody may have
 * put one where it does not belong, such as into a path.
 */
public final class Redaction {

  /**
   * An API key, with its underscore possibly percent-encoded: a whole one wherever it is, and what
   * may be a part of one at the beginning of a word; or a JSON Web Token (RFC 7519), of which
   * {@code eyJ} is the beginning of the header, <code>{"</code>, in base64url. A token that is cut
   * short counts too.
   */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "ct(?:_|%5[Ff])[0-9A-Za-z]{10}(?:_|%5[Ff])[0-9A-Za-z]{6,}"
              + "|(?<![A-Za-z0-9])ct(?:_|%5[Ff])[A-Za-z0-9_]+(?:%5[Ff][A-Za-z0-9_]+)*"
              + "|eyJ[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)+");

  private Redaction() {}

  /** The same for a path, in which any character may be percent-encoded. */
  public static String ofPath(String raw) {
    String decoded;
    try {
      decoded = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not a path that anybody can decode, hence one in which nothing can be hidden.
      return of(raw);
    }
    String shown = of(decoded);
    return shown.equals(decoded) ? raw : shown;
  }

  /** The text with {@code [redacted]} in place of each credential. */
  public static String of(String text) {
    return CREDENTIAL.matcher(text).replaceAll("[redacted]");
  }
}
