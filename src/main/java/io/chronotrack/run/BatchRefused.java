package io.chronotrack.run;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import java.util.List;
import java.util.Map;

/** A batch was to be all or nothing, and some of its operations were refused. */
final class BatchRefused extends DomainException {

  private static final long serialVersionUID = 1L;

  // Exceptions are never serialized here; the field is transient to say so.
  private final transient List<DomainException> reasons;

  private BatchRefused(List<DomainException> reasons, long refused) {
    super(
        ErrorCode.BATCH_REFUSED,
        refused
            + " of the "
            + reasons.size()
            + " operations"
            + (refused == 1 ? " was" : " were")
            + " refused. Nothing was changed.");
    this.reasons = reasons;
  }

  /**
   * @param results of which at least one is a refusal
   */
  static BatchRefused because(List<BatchResult> results) {
    long refused = results.stream().filter(BatchResult.Refused.class::isInstance).count();
    return new BatchRefused(results.stream().map(BatchRefused::reason).toList(), refused);
  }

  private static DomainException reason(BatchResult result) {
    return result instanceof BatchResult.Refused refused ? refused.reason() : new NotApplied();
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("results", reasons);
  }

  /** Nothing is wrong with the operation itself. */
  private static final class NotApplied extends DomainException {

    private static final long serialVersionUID = 1L;

    NotApplied() {
      super(
          ErrorCode.NOT_APPLIED,
          "It was not applied, because another operation of the batch was refused.");
    }
  }
}
