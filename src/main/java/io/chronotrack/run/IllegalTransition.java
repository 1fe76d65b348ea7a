package io.chronotrack.run;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run cannot go from its status to the requested one. */
public final class IllegalTransition extends DomainException {

  private static final long serialVersionUID = 1L;

  private final RunStatus from;
  private final RunStatus to;

  /**
   * @param runId the run
   * @param from its status
   * @param to the requested status; the same as {@code from} when a repetition tells other times
   */
  public IllegalTransition(long runId, RunStatus from, RunStatus to) {
    super(ErrorCode.ILLEGAL_TRANSITION, sentence(runId, from, to));
    this.from = from;
    this.to = to;
  }

  private static String sentence(long runId, RunStatus from, RunStatus to) {
    return from == to
        ? "Run " + runId + " is " + from + " already, with other times."
        : "Run " + runId + " is " + from + " and cannot become " + to + ".";
  }

  @Override
  public Map<String, Object> members() {
    var members = new LinkedHashMap<String, Object>();
    members.put("currentStatus", from.name());
    members.put("requestedStatus", to.name());
    members.put("allowed", from.next().stream().map(Enum::name).toList());
    return members;
  }
}
