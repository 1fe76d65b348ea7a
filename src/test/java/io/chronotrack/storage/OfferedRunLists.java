package io.chronotrack.storage;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Scope;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunAccess;
import io.chronotrack.run.query.RunCondition;
import io.chronotrack.run.query.RunCondition.Comparison;
import io.chronotrack.run.query.RunMeasure;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every combination of filters and orders of runs that the API offers, by one example of each. */
final class OfferedRunLists {

  private static final long TIME = Instant.parse("2026-01-31T09:30:00Z").toEpochMilli();

  private static final List<Set<Long>> JOBS = List.of(Set.of(), Set.of(7L), Set.of(7L, 8L));

  private static final List<Set<RunStatus>> STATUSES =
      List.of(
          Set.of(),
          Set.of(RunStatus.RUNNING),
          Set.of(RunStatus.FAILED),
          Set.of(RunStatus.SUCCESS),
          Set.of(RunStatus.FAILED, RunStatus.CANCELLED),
          Set.of(RunStatus.PENDING, RunStatus.SUCCESS));

  /** What no index takes care of; several of them at once cost no other plan. */
  private static final List<RunCondition> REST =
      List.of(
          RunCondition.ANY_RUN,
          new RunCondition.JobTypeIn(Set.of("etl")),
          RunCondition.any(
              List.of(
                  new RunCondition.MessageHas("timeout"),
                  RunCondition.not(new RunCondition.MetadataIs(List.of("env"), "prod")),
                  new RunCondition.MetadataHas(List.of("a", "b")),
                  new RunCondition.StatusIn(Set.of(RunStatus.FAILED)),
                  new RunCondition.JobIn(Set.of(9L)),
                  new RunCondition.ExternalIdIs("x"),
                  new RunCondition.Has(RunCondition.Part.ERROR_MESSAGE),
                  measure(RunMeasure.CREATED_AT, Comparison.LESS),
                  measure(RunMeasure.STARTED_AT, Comparison.EQUAL),
                  measure(RunMeasure.FINISHED_AT, Comparison.GREATER),
                  measure(RunMeasure.DURATION_MS, Comparison.GREATER))));

  private OfferedRunLists() {}

  /** A list that is offered, and how it is read. */
  record Offered(Scope scope, RunQuery query, RunAccess access) {

    /** The first page, one further on, and one further back. */
    Stream<PageRequest> pages() {
      var place = new Position(TIME + 5, 42);
      return Stream.of(
          PageRequest.first(50), new PageRequest(50, place), new PageRequest(50, place, true));
    }

    @Override
    public String toString() {
      return access.index() + " " + query;
    }
  }

  private static RunCondition measure(RunMeasure measure, Comparison comparison) {
    return new RunCondition.Measure(measure, comparison, TIME);
  }

  /** All lists of an order that are offered. */
  static List<Offered> by(RunSort sort) {
    return conditions(sort).stream()
        .flatMap(condition -> offered(new RunQuery(condition, sort)).stream())
        .toList();
  }

  private static Optional<Offered> offered(RunQuery query) {
    Scope scope = SampleCallers.DEFAULT;
    try {
      return Optional.of(new Offered(scope, query, RunAccess.of(scope, query)));
    } catch (ValidationFailed refusal) {
      return Optional.empty();
    }
  }

  private static List<RunCondition> conditions(RunSort sort) {
    List<RunCondition> conditions = new ArrayList<>();
    for (Set<Long> jobs : JOBS) {
      for (Set<RunStatus> statuses : STATUSES) {
        for (boolean hasExternalId : new boolean[] {false, true}) {
          for (RunCondition rest : REST) {
            for (List<RunCondition> range : ranges(sort.measure())) {
              List<RunCondition> parts = new ArrayList<>(range);
              if (!jobs.isEmpty()) {
                parts.add(new RunCondition.JobIn(jobs));
              }
              if (!statuses.isEmpty()) {
                parts.add(new RunCondition.StatusIn(statuses));
              }
              if (hasExternalId) {
                parts.add(new RunCondition.ExternalIdIs("night"));
              }
              parts.add(rest);
              conditions.add(RunCondition.all(parts));
            }
          }
        }
      }
    }
    return conditions;
  }

  private static List<List<RunCondition>> ranges(RunMeasure measure) {
    return List.of(
        List.of(),
        List.of(measure(measure, Comparison.GREATER_OR_EQUAL)),
        List.of(
            measure(measure, Comparison.GREATER_OR_EQUAL),
            new RunCondition.Measure(measure, Comparison.LESS, TIME + 10)));
  }
}
