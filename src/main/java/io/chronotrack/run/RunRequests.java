package io.chronotrack.run;

import io.chronotrack.change.Change;
import io.chronotrack.config.Limits;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.TextRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds and checks what clients send about runs. */
final class RunRequests {

  private RunRequests() {}

  static NewRun newRun(JsonBody body, Limits limits, @Nullable String traceparent) {
    NewRun wanted = readNewRun(body, limits, traceparent);
    body.verify();
    return wanted;
  }

  static RunPatch patch(JsonBody body, Limits limits) {
    RunPatch patch = readPatch(body, limits);
    body.verify();
    return patch;
  }

  /** What a form tells, as long as nothing in it is wrong, which is to be verified. */
  static NewRun readNewRun(JsonBody body, Limits limits, @Nullable String traceparent) {
    var externalId = body.text("externalId", externalId(limits));
    var status = body.choice("status", RunStatus.class);
    var startedAt = body.time("startedAt");
    var finishedAt = body.time("finishedAt");
    var errorMessage = body.report("errorMessage", limits.errorMessageLength());
    var metadata = metadata(body, limits);
    return new NewRun(
        externalId.value(),
        Objects.requireNonNullElse(status.value(), RunStatus.PENDING),
        startedAt.value(),
        finishedAt.value(),
        errorMessage.value(),
        metadata.value(),
        traceparent);
  }

  /** What a form tells, as long as nothing in it is wrong, which is to be verified. */
  static RunPatch readPatch(JsonBody body, Limits limits) {
    return new RunPatch(
        body.choice("status", RunStatus.class),
        body.time("startedAt"),
        body.time("finishedAt"),
        body.report("errorMessage", limits.errorMessageLength()),
        metadata(body, limits));
  }

  static TextRule externalId(Limits limits) {
    return TextRule.line(limits.externalIdLength());
  }

  private static Change<Metadata> metadata(JsonBody body, Limits limits) {
    return body.object("metadata", limits.metadataBytes()).map(Metadata::of);
  }
}
