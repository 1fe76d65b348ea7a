package io.chronotrack.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The request breaks rules: all of them at once, so that a client can mend them in one go. */
public final class ValidationFailed extends DomainException {

  private static final long serialVersionUID = 1L;

  // Exceptions are never serialized here; the field is transient to say so.
  private final transient List<Violation> violations;

  /**
   * @param violations at least one
   */
  public ValidationFailed(List<Violation> violations) {
    super(ErrorCode.VALIDATION_FAILED, sentence(violations));
    this.violations = List.copyOf(violations);
  }

  /** One broken rule. */
  public ValidationFailed(Violation violation) {
    this(List.of(violation));
  }

  /** The same about a form that this JSON pointer leads to. */
  public ValidationFailed inside(String pointer) {
    return new ValidationFailed(
        violations.stream().map(violation -> violation.inside(pointer)).toList());
  }

  private static String sentence(List<Violation> violations) {
    return violations.stream()
        .map(violation -> violation.name() + " " + violation.detail())
        .collect(Collectors.joining("; "));
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("errors", violations.stream().map(ValidationFailed::toMember).toList());
  }

  private static Map<String, Object> toMember(Violation violation) {
    var member = new LinkedHashMap<String, Object>();
    member.put(violation.place().name().toLowerCase(Locale.ROOT), violation.name());
    member.put("detail", violation.detail());
    return member;
  }
}
