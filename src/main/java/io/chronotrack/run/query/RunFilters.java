package io.chronotrack.run.query;

import io.chronotrack.filter.Filter;
import io.chronotrack.filter.Filter.Operator;
import io.chronotrack.filter.Filter.Restriction;
import io.chronotrack.filter.FilterParser;
import io.chronotrack.filter.FilterRefused;
import io.chronotrack.http.Numbers;
import io.chronotrack.http.Timestamps;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunCondition.Comparison;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What filter expressions mean for runs. */
public final class RunFilters {

  private static final String FIELDS =
      "status, jobId, job.type, externalId, createdAt, startedAt, finishedAt, durationMs,"
          + " errorMessage, metadata.<member>";

  private static final Set<String> WITHOUT_ORDER = Set.of("status", "jobId");

  private RunFilters() {}

  /**
   * The condition that an expression is.
   *
   * @throws FilterRefused if it is none
   */
  public static RunCondition parse(String expression) {
    return condition(FilterParser.parse(expression));
  }

  private static RunCondition condition(Filter filter) {
    if (filter instanceof Filter.And and) {
      return RunCondition.all(and.parts().stream().map(RunFilters::condition).toList());
    } else if (filter instanceof Filter.Or or) {
      return RunCondition.any(or.parts().stream().map(RunFilters::condition).toList());
    } else if (filter instanceof Filter.Not not) {
      return RunCondition.not(condition(not.part()));
    } else {
      return condition((Restriction) filter);
    }
  }

  private static RunCondition condition(Restriction restriction) {
    if (restriction.operator() == Operator.NOT_EQUAL) {
      return RunCondition.not(equality(restriction));
    }
    if (restriction.operator() == Operator.HAS) {
      return has(restriction);
    }
    for (RunMeasure measure : RunMeasure.values()) {
      if (measure.field().equals(restriction.name())) {
        return new RunCondition.Measure(
            measure, comparison(restriction.operator()), value(measure, restriction));
      }
    }
    if (restriction.operator() != Operator.EQUAL) {
      verifyKnown(restriction);
      throw new FilterRefused(
          restriction.operatorAt(), restriction.name() + " has no order: only = and != compare it");
    }
    return equality(restriction);
  }

  private static RunCondition equality(Restriction restriction) {
    String value = restriction.value();
    if (isMember(restriction)) {
      return new RunCondition.MetadataIs(path(restriction), value);
    }
    for (RunMeasure measure : RunMeasure.values()) {
      if (measure.field().equals(restriction.name())) {
        return new RunCondition.Measure(measure, Comparison.EQUAL, value(measure, restriction));
      }
    }
    return switch (restriction.name()) {
      case "status" -> new RunCondition.StatusIn(Set.of(status(restriction)));
      case "jobId" -> new RunCondition.JobIn(Set.of(number(restriction)));
      case "job.type" -> new RunCondition.JobTypeIn(Set.of(value));
      case "externalId" -> new RunCondition.ExternalIdIs(value);
      case "errorMessage" ->
          throw new FilterRefused(
              restriction.operatorAt(),
              "errorMessage is looked into with the operator : and a text");
      default -> throw unknownField(restriction);
    };
  }

  private static RunCondition has(Restriction restriction) {
    boolean isAnything = restriction.value().equals("*") && !restriction.isQuoted();
    if (isMember(restriction) && isAnything) {
      return new RunCondition.MetadataHas(path(restriction));
    }
    RunCondition.Part part = RunCondition.Part.named(restriction.name());
    if (part != null && isAnything) {
      return new RunCondition.Has(part);
    }
    if (part == RunCondition.Part.ERROR_MESSAGE) {
      if (restriction.value().isEmpty()) {
        throw new FilterRefused(restriction.valueAt(), "a text is expected that is not empty");
      }
      return new RunCondition.MessageHas(restriction.value());
    }
    verifyKnown(restriction);
    throw new FilterRefused(
        restriction.operatorAt(),
        "the operator : finds a text in errorMessage, and with * what is there at all: startedAt,"
            + " finishedAt, durationMs, errorMessage, externalId, job.type, metadata,"
            + " metadata.<member>");
  }

  private static List<String> path(Restriction restriction) {
    List<String> path = restriction.field().subList(1, restriction.field().size());
    MetadataPath.complaintAbout(path)
        .ifPresent(
            complaint -> {
              throw new FilterRefused(restriction.at(), complaint);
            });
    return path;
  }

  private static Comparison comparison(Operator operator) {
    return switch (operator) {
      case EQUAL, NOT_EQUAL, HAS -> Comparison.EQUAL;
      case LESS -> Comparison.LESS;
      case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
      case GREATER -> Comparison.GREATER;
      case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
    };
  }

  private static long value(RunMeasure measure, Restriction restriction) {
    if (!measure.isTime()) {
      return number(restriction);
    }
    return found(
            Timestamps.parse(restriction.value()),
            restriction,
            "a time as of RFC 3339 is expected, such as \"2026-01-31T09:30:00.000Z\"")
        .toEpochMilli();
  }

  private static long number(Restriction restriction) {
    return found(
        Numbers.parse(restriction.value()), restriction, "a whole number from 0 is expected");
  }

  private static RunStatus status(Restriction restriction) {
    return found(
        Arrays.stream(RunStatus.values())
            .filter(status -> status.name().equals(restriction.value()))
            .findFirst(),
        restriction,
        "one of "
            + Arrays.stream(RunStatus.values())
                .map(RunStatus::name)
                .collect(Collectors.joining(", "))
            + " is expected");
  }

  private static <T> T found(Optional<T> value, Restriction restriction, String wanted) {
    return value.orElseThrow(() -> new FilterRefused(restriction.valueAt(), wanted));
  }

  private static boolean isMember(Restriction restriction) {
    return restriction.field().get(0).equals("metadata") && restriction.field().size() > 1;
  }

  private static void verifyKnown(Restriction restriction) {
    boolean isKnown =
        isMember(restriction)
            || WITHOUT_ORDER.contains(restriction.name())
            || RunCondition.Part.named(restriction.name()) != null
            || restriction.name().equals(RunMeasure.CREATED_AT.field());
    if (!isKnown) {
      throw unknownField(restriction);
    }
  }

  private static FilterRefused unknownField(Restriction restriction) {
    return new FilterRefused(
        restriction.at(), "'" + restriction.name() + "' is none of the fields " + FIELDS);
  }
}
