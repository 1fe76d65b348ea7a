package io.chronotrack.job;

import io.chronotrack.config.Limits;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.http.TextRule;
import java.util.Optional;

/** Binds and checks what clients send about jobs. */
final class JobRequests {

  private static final String SUMMARY = "summary";

  private JobRequests() {}

  static NewJob newJob(JsonBody body, Limits limits) {
    String name = body.requiredText("name", nameRule(limits));
    var description = body.text("description", descriptionRule(limits));
    var type = body.text("type", typeRule(limits));
    body.verify();
    return new NewJob(name, description.value(), type.value());
  }

  static JobPatch patch(JsonBody body, Limits limits) {
    var patch =
        new JobPatch(
            body.nonNullText("name", nameRule(limits)),
            body.text("description", descriptionRule(limits)),
            body.text("type", typeRule(limits)),
            body.flag("archived"));
    body.verify();
    return patch;
  }

  static JobSearch search(QueryParameters query) {
    String text = query.text("text");
    if (text != null && text.isBlank()) {
      query.refuse("text", "must not be blank");
    }
    var filter =
        new JobFilter(
            query.text("name"),
            query.flag("archived"),
            query.list("type"),
            text,
            query.choices("lastRun.status", LastRunStatus.class),
            null);
    return new JobSearch(new JobQuery(filter, sort(query)), query.period("lastRun.olderThan"));
  }

  private static JobSort sort(QueryParameters query) {
    return query.order(JobSort.NAMES, JobSort::named).orElse(JobSort.NEWEST_FIRST);
  }

  /** Whether the client wants to know how each job is doing. */
  static boolean includesSummary(QueryParameters query) {
    return query
        .parsed("include", text -> Optional.of(text).filter(SUMMARY::equals), "must be " + SUMMARY)
        .isPresent();
  }

  private static TextRule nameRule(Limits limits) {
    return TextRule.line(limits.nameLength());
  }

  private static TextRule descriptionRule(Limits limits) {
    return TextRule.paragraphs(limits.descriptionLength());
  }

  private static TextRule typeRule(Limits limits) {
    return TextRule.line(limits.typeLength());
  }
}
