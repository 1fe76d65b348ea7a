package io.chronotrack.run.query;

import io.chronotrack.filter.FilterRefused;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunCondition.Comparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from query parameters which runs are asked for; whatever lists runs takes the same ones.
 */
public final class RunSearches {

  /** Most jobs that one list may name. */
  private static final int MOST_JOBS = RunAccess.MOST_STARTS;

  private static final String METADATA = "metadata.";

  private static final Map<String, Comparison> RANGES = ranges();

  private RunSearches() {}

  private static Map<String, Comparison> ranges() {
    Map<String, Comparison> ranges = new LinkedHashMap<>();
    ranges.put(".gte", Comparison.GREATER_OR_EQUAL);
    ranges.put(".gt", Comparison.GREATER);
    ranges.put(".lte", Comparison.LESS_OR_EQUAL);
    ranges.put(".lt", Comparison.LESS);
    return ranges;
  }

  /** Which of all runs. */
  public static RunSearch ofAll(QueryParameters query) {
    return search(conditionsOfAll(query), sort(query), query);
  }

  /** Which of all runs, where they come in an order of their own. */
  public static RunSearch ofAllUnsorted(QueryParameters query) {
    return search(conditionsOfAll(query), RunSort.NEWEST_FIRST, query);
  }

  private static List<RunCondition> conditionsOfAll(QueryParameters query) {
    List<RunCondition> conditions = new ArrayList<>();
    Set<Long> jobIds = query.ids("jobId", MOST_JOBS);
    if (!jobIds.isEmpty()) {
      conditions.add(new RunCondition.JobIn(jobIds));
    }
    Set<String> types = query.list("job.type");
    if (!types.isEmpty()) {
      conditions.add(new RunCondition.JobTypeIn(types));
    }
    addCommon(query, conditions);
    return conditions;
  }

  /** Which runs of a job. */
  public static RunSearch ofJob(QueryParameters query, long jobId) {
    List<RunCondition> conditions = new ArrayList<>();
    conditions.add(new RunCondition.JobIn(Set.of(jobId)));
    addCommon(query, conditions);
    return search(conditions, sort(query), query);
  }

  private static RunSearch search(
      List<RunCondition> conditions, RunSort sort, QueryParameters query) {
    return new RunSearch(new RunQuery(RunCondition.all(conditions), sort), query.period("since"));
  }

  private static void addCommon(QueryParameters query, List<RunCondition> conditions) {
    Set<RunStatus> statuses = query.choices("status", RunStatus.class);
    if (!statuses.isEmpty()) {
      conditions.add(new RunCondition.StatusIn(statuses));
    }
    String externalId = query.text("externalId");
    if (externalId != null) {
      conditions.add(new RunCondition.ExternalIdIs(externalId));
    }
    for (RunMeasure measure : RunMeasure.values()) {
      RANGES.forEach(
          (suffix, comparison) -> addRange(query, measure, suffix, comparison, conditions));
    }
    Boolean isSlower = query.flag(RunCondition.SlowerThanUsual.FIELD);
    if (isSlower != null) {
      conditions.add(new RunCondition.SlowerThanUsual(isSlower));
    }
    addTexts(query, conditions);
    addFilter(query, conditions);
  }

  private static void addRange(
      QueryParameters query,
      RunMeasure measure,
      String suffix,
      Comparison comparison,
      List<RunCondition> conditions) {
    @Nullable Long value;
    if (measure.isTime()) {
      Instant time = query.time(measure.field() + suffix);
      value = time == null ? null : time.toEpochMilli();
    } else {
      value = query.number(measure.field() + suffix);
    }
    if (value != null) {
      conditions.add(new RunCondition.Measure(measure, comparison, value));
    }
  }

  private static void addTexts(QueryParameters query, List<RunCondition> conditions) {
    String message = query.text("errorMessage");
    if (message != null) {
      if (message.isBlank()) {
        query.refuse("errorMessage", "must not be blank");
      }
      conditions.add(new RunCondition.MessageHas(message));
    }
    query
        .members(METADATA)
        .forEach(
            (name, value) -> {
              List<String> path = List.of(name.split("\\.", -1));
              MetadataPath.complaintAbout(path)
                  .ifPresent(complaint -> query.refuse(METADATA + name, complaint));
              conditions.add(new RunCondition.MetadataIs(path, value));
            });
  }

  private static void addFilter(QueryParameters query, List<RunCondition> conditions) {
    String expression = query.text("filter");
    if (expression == null) {
      return;
    }
    try {
      conditions.add(RunFilters.parse(expression));
    } catch (FilterRefused refusal) {
      query.refuse("filter", "cannot be understood " + refusal.getMessage());
    }
  }

  private static RunSort sort(QueryParameters query) {
    return query.order(RunSort.NAMES, RunSort::named).orElse(RunSort.NEWEST_FIRST);
  }
}
