package io.chronotrack.run.store;

import io.chronotrack.filter.TextSearch;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunCondition;
import io.chronotrack.run.query.RunCondition.Comparison;
import io.chronotrack.run.query.RunMeasure;
import io.chronotrack.storage.SqlParameters;
import io.chronotrack.storage.TextSql;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Conditions as SQL on the run {@code r}. Each is true or false and never NULL, so that negations
 * mean the same as in {@link RunCondition#fits}.
 *
 * <p>Columns are written so that no index can be entered by them ({@code + 0}, {@code || ''}): the
 * index is chosen already, and a planner must not think of another one.
 */
final class RunConditionSql {

  private final boolean isPostgresql;
  private final SqlParameters parameters;

  RunConditionSql(boolean isPostgresql, SqlParameters parameters) {
    this.isPostgresql = isPostgresql;
    this.parameters = parameters;
  }

  String of(RunCondition condition) {
    if (condition instanceof RunCondition.All all) {
      return joined(all.parts(), " AND ", "1 = 1");
    } else if (condition instanceof RunCondition.Any any) {
      return joined(any.parts(), " OR ", "1 = 0");
    } else if (condition instanceof RunCondition.Not not) {
      return "NOT (" + of(not.part()) + ")";
    } else if (condition instanceof RunCondition.StatusIn status) {
      return "(r.status || '') IN " + parameters.addAll(names(status));
    } else if (condition instanceof RunCondition.JobIn job) {
      return "(r.job_id + 0) IN " + parameters.addAll(job.jobIds());
    } else if (condition instanceof RunCondition.JobTypeIn type) {
      return "coalesce(" + JOB_TYPE + ", '') IN " + parameters.addAll(type.types());
    } else if (condition instanceof RunCondition.ExternalIdIs id) {
      return "coalesce(r.external_id, '') = " + parameters.add(id.externalId());
    } else if (condition instanceof RunCondition.Measure measure) {
      return measure(measure);
    } else if (condition instanceof RunCondition.MessageHas message) {
      return message(message);
    } else if (condition instanceof RunCondition.MetadataIs metadata) {
      String value = json().value(metadata.path(), parameters);
      return "coalesce(" + value + " = " + parameters.add(metadata.value()) + ", " + no() + ")";
    } else if (condition instanceof RunCondition.MetadataHas metadata) {
      return "coalesce(" + json().type(metadata.path(), parameters) + ", 'null') <> 'null'";
    } else {
      return column(((RunCondition.Has) condition).part()) + " IS NOT NULL";
    }
  }

  private static final String JOB_TYPE = "(SELECT j.type FROM jobs j WHERE j.id = r.job_id)";

  private String joined(List<RunCondition> parts, String operator, String none) {
    return parts.isEmpty()
        ? none
        : parts.stream().map(this::of).collect(Collectors.joining(operator, "(", ")"));
  }

  private static List<String> names(RunCondition.StatusIn condition) {
    return condition.statuses().stream().map(RunStatus::name).toList();
  }

  private String measure(RunCondition.Measure condition) {
    return "coalesce(r."
        + column(condition.measure())
        + " + 0 "
        + sign(condition.comparison())
        + " "
        + parameters.add(condition.value())
        + ", "
        + no()
        + ")";
  }

  private String message(RunCondition.MessageHas condition) {
    String wanted = parameters.add(TextSearch.lower(condition.text()));
    return TextSql.has(isPostgresql, "r.error_message", wanted);
  }

  private JsonSql json() {
    return isPostgresql ? JsonSql.POSTGRESQL : JsonSql.SQLITE;
  }

  private String no() {
    return isPostgresql ? "false" : "0";
  }

  private static String column(RunCondition.Part part) {
    return switch (part) {
      case STARTED_AT -> "r.started_at";
      case FINISHED_AT -> "r.finished_at";
      case DURATION_MS -> "r.duration_ms";
      case ERROR_MESSAGE -> "r.error_message";
      case EXTERNAL_ID -> "r.external_id";
      case METADATA -> "r.metadata";
      case JOB_TYPE -> JOB_TYPE;
    };
  }

  /** The column that has a measure. */
  static String column(RunMeasure measure) {
    return switch (measure) {
      case CREATED_AT -> "created_at";
      case STARTED_AT -> "started_at";
      case FINISHED_AT -> "finished_at";
      case DURATION_MS -> "duration_ms";
    };
  }

  /** A comparison as it is written. */
  static String sign(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> "=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }
}
