package io.chronotrack.run;

import io.chronotrack.config.Limits;
import io.chronotrack.http.JsonBody;
import io.chronotrack.problem.ValidationFailed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds and checks the operations of a batch, whose forms of runs are those of single requests. */
final class BatchRequests {

  private BatchRequests() {}

  private enum Op {
    CREATE,
    UPDATE
  }

  /**
   * The operations of a batch, in their order. One that is wrong in its form is one of them; what
   * is refused here is what concerns the whole.
   */
  static List<BatchOperation> operations(
      JsonBody body, Limits limits, @Nullable String traceparent) {
    List<JsonBody> items = body.requiredObjects("operations", limits.batchOperations());
    body.verify();
    return items.stream().map(item -> operation(item, limits, traceparent)).toList();
  }

  private static BatchOperation operation(
      JsonBody item, Limits limits, @Nullable String traceparent) {
    try {
      Op op = item.requiredWord("op", Op.class);
      item.verifySoFar();
      BatchOperation operation =
          switch (op) {
            case CREATE -> create(item, limits, traceparent);
            case UPDATE -> update(item, limits);
          };
      item.verify();
      return operation;
    } catch (ValidationFailed refusal) {
      return new BatchOperation.Invalid(refusal);
    }
  }

  private static BatchOperation create(JsonBody item, Limits limits, @Nullable String traceparent) {
    long jobId = item.requiredId("jobId");
    JsonBody run = item.requiredObject("run");
    return new BatchOperation.Create(
        run.pointer(), jobId, RunRequests.readNewRun(run, limits, traceparent));
  }

  private static BatchOperation update(JsonBody item, Limits limits) {
    JsonBody form = item.requiredObject("patch");
    RunPatch patch = RunRequests.readPatch(form, limits);
    boolean byExternalId = item.has("jobId") || item.has("externalId");
    if (item.has("runId") || !byExternalId) {
      return new BatchOperation.Update(form.pointer(), item.requiredId("runId"), patch);
    }
    var externalId =
        new ExternalId(
            item.requiredId("jobId"),
            item.requiredText("externalId", RunRequests.externalId(limits)));
    return new BatchOperation.UpdateByExternalId(form.pointer(), externalId, patch);
  }
}
