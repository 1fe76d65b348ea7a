package io.chronotrack.http;

import io.chronotrack.change.ExpectedVersion;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditional requests (RFC 9110, section 13) on resources whose entity tag is their version. */
public final class Preconditions {

  /** One entity tag of a list: RFC 9110, section 8.8.3. */
  private static final Pattern TAG =
      Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"\\s*(?:,|$)");

  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

  private Preconditions() {}

  /**
   * Which versions the header {@code If-Match} accepts; all of them without it.
   *
   * @param lines of the header, in their order; empty without it
   * @throws ValidationFailed if the header is no list of entity tags
   */
  public static ExpectedVersion ifMatch(List<String> lines) {
    if (lines.isEmpty() || isAny(lines)) {
      return ExpectedVersion.ANY;
    }
    // Strong comparison: a weak tag never matches.
    return new ExpectedVersion(versions(HttpHeaders.IF_MATCH, lines, false));
  }

  /**
   * Whether the client has this version already, by its header {@code If-None-Match}.
   *
   * @param lines of the header, in their order; empty without it
   * @throws ValidationFailed if the header is no list of entity tags
   */
  static boolean ifNoneMatch(List<String> lines, long version) {
    if (lines.isEmpty()) {
      return false;
    }
    // Weak comparison: a proxy that compressed the answer may have weakened the tag.
    return isAny(lines) || versions(HttpHeaders.IF_NONE_MATCH, lines, true).contains(version);
  }

  private static boolean isAny(List<String> lines) {
    return lines.size() == 1 && lines.get(0).strip().equals("*");
  }

  private static Set<Long> versions(String header, List<String> lines, boolean weak) {
    String line = String.join(",", lines);
    Set<Long> versions = new HashSet<>();
    Matcher tags = TAG.matcher(line);
    int end = 0;
    while (tags.find() && tags.start() == end) {
      // A tag that is no version is one that was never given out: it matches nothing.
      if ((weak || tags.group(1) == null) && VERSION.matcher(tags.group(2)).matches()) {
        versions.add(Long.valueOf(tags.group(2)));
      }
      end = tags.end();
    }
    if (end != line.length()) {
      throw new ValidationFailed(
          Violation.ofHeader(header, "must be * or a list of entity tags such as \"3\""));
    }
    return versions;
  }
}
