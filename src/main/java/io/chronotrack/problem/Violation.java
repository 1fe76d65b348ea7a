package io.chronotrack.problem;

/**
 * One broken rule.
 *
 * @param place in which part of the request it is
 * @param name a JSON pointer (RFC 6901) into the body, or the name of the parameter or header
 * @param detail what is wrong with it and what would be right
 */
public record Violation(Place place, String name, String detail) {

  /** The part of a request that can break a rule; in lower case the member's name in a problem. */
  public enum Place {
    /** A member of the body. */
    POINTER,
    /** A parameter of the path or the query. */
    PARAMETER,
    /** A header. */
    HEADER
  }

  /** A member at the top of the body. */
  public static Violation ofMember(String member, String detail) {
    // RFC 6901, section 3: these two characters have a meaning of their own in a pointer.
    String token = member.replace("~", "~0").replace("/", "~1");
    return new Violation(Place.POINTER, "/" + token, detail);
  }

  /** The same inside of what this JSON pointer leads to; only for a member of the body. */
  public Violation inside(String pointer) {
    return new Violation(place, pointer + name, detail);
  }

  /** A parameter of the path or the query. */
  public static Violation ofParameter(String parameter, String detail) {
    return new Violation(Place.PARAMETER, parameter, detail);
  }

  /** A header. */
  public static Violation ofHeader(String header, String detail) {
    return new Violation(Place.HEADER, header, detail);
  }
}
