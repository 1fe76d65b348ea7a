package io.chronotrack.run;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.Problem;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.function.Function;

/**
 * What became of a batch.
 *
 * @param results what became of its operations, in their order
 */
public record BatchView(List<Result> results) {

  /**
   * What the operation would have been answered with, had it been a request of its own.
   *
   * @param status HTTP status
   * @param body a {@link RunView}, or a problem
   */
  @JsonbPropertyOrder({"status", "body"})
  public record Result(int status, Object body) {}

  /**
   * What clients see of results.
   *
   * @param problem what they see of a refusal
   */
  static BatchView of(List<BatchResult> results, Function<DomainException, JsonObject> problem) {
    return new BatchView(
        results.stream()
            .map(
                result -> {
                  if (result instanceof BatchResult.Done done) {
                    return new Result(done.isNew() ? 201 : 200, RunView.of(done.run()));
                  }
                  DomainException reason = ((BatchResult.Refused) result).reason();
                  return new Result(Problem.statusOf(reason.code()), problem.apply(reason));
                })
            .toList());
  }
}
