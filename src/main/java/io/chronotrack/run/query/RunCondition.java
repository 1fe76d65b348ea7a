package io.chronotrack.run.query;

import io.chronotrack.filter.TextSearch;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.Metadata;
import io.chronotrack.run.RunStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a run must fit. Stores translate it, each into what it understands; {@link #fits} is what
 * all translations must agree with.
 *
 * <p>A condition on something that a run does not have is not fitted, and its negation is.
 */
public sealed interface RunCondition {

  /** Fitted by every run. */
  RunCondition ANY_RUN = new All(List.of());

  /**
   * A run that is looked at.
   *
   * @param jobType the type of its job; {@code null} if it has none
   */
  record Candidate(JobRun run, @Nullable String jobType) {}

  /** Whether a run fits. */
  boolean fits(Candidate candidate);

  /** Everything must be fitted. */
  static RunCondition all(List<RunCondition> parts) {
    List<RunCondition> flat =
        parts.stream()
            .flatMap(
                part -> part instanceof All all ? all.parts().stream() : List.of(part).stream())
            .toList();
    return flat.size() == 1 ? flat.get(0) : new All(flat);
  }

  /** One of these must be fitted; several of one field become one list of values. */
  static RunCondition any(List<RunCondition> parts) {
    if (parts.stream().allMatch(StatusIn.class::isInstance)) {
      return new StatusIn(union(parts, part -> ((StatusIn) part).statuses()));
    }
    if (parts.stream().allMatch(JobIn.class::isInstance)) {
      return new JobIn(union(parts, part -> ((JobIn) part).jobIds()));
    }
    return new Any(parts);
  }

  /** This must not be fitted. */
  static RunCondition not(RunCondition part) {
    if (part instanceof StatusIn status) {
      Set<RunStatus> others = EnumSet.allOf(RunStatus.class);
      others.removeAll(status.statuses());
      return new StatusIn(others);
    }
    return part instanceof Not not ? not.part() : new Not(part);
  }

  private static <T extends Comparable<T>> Set<T> union(
      List<RunCondition> parts, Function<RunCondition, Set<T>> values) {
    Set<T> union = new TreeSet<>();
    parts.forEach(part -> union.addAll(values.apply(part)));
    return union;
  }

  /** Fitted where all parts are. */
  record All(List<RunCondition> parts) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      return parts.stream().allMatch(part -> part.fits(candidate));
    }
  }

  /** Fitted where one part is. */
  record Any(List<RunCondition> parts) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      return parts.stream().anyMatch(part -> part.fits(candidate));
    }
  }

  /** Fitted where the part is not. */
  record Not(RunCondition part) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      return !part.fits(candidate);
    }
  }

  /** One of these statuses. */
  record StatusIn(Set<RunStatus> statuses) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      return statuses.contains(candidate.run().status());
    }
  }

  /** A run of one of these jobs. */
  record JobIn(Set<Long> jobIds) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      return jobIds.contains(candidate.run().jobId());
    }
  }

  /** A run of a job with one of these types. */
  record JobTypeIn(Set<String> types) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      return candidate.jobType() != null && types.contains(candidate.jobType());
    }
  }

  /** The run that a client knows by this id; runs of several jobs may be. */
  record ExternalIdIs(String externalId) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      return externalId.equals(candidate.run().externalId());
    }
  }

  /** A time or duration that compares so with this value, in milliseconds. */
  record Measure(RunMeasure measure, Comparison comparison, long value) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      Long actual = measure.of(candidate.run());
      return actual != null && comparison.holds(actual, value);
    }
  }

  /** How two numbers compare. */
  enum Comparison {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(long actual, long value) {
      return switch (this) {
        case EQUAL -> actual == value;
        case LESS -> actual < value;
        case LESS_OR_EQUAL -> actual <= value;
        case GREATER -> actual > value;
        case GREATER_OR_EQUAL -> actual >= value;
      };
    }
  }

  /** An error message with this text somewhere in it, whatever the case of the letters a to z. */
  record MessageHas(String text) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      return TextSearch.finds(text, candidate.run().errorMessage());
    }
  }

  /**
   * A member of the metadata with this value: a text, or as JSON writes a number, {@code true} or
   * {@code false}. Objects and arrays have no value.
   *
   * @param path the names that lead to the member
   */
  record MetadataIs(List<String> path, String value) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      Metadata metadata = candidate.run().metadata();
      return metadata != null && metadata.value(path).filter(value::equals).isPresent();
    }
  }

  /**
   * A member of the metadata that is there, and not {@code null}.
   *
   * @param path the names that lead to the member
   */
  record MetadataHas(List<String> path) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      Metadata metadata = candidate.run().metadata();
      return metadata != null && metadata.has(path);
    }
  }

  /** Something that the run has, and that others do not. */
  record Has(Part part) implements RunCondition {
    @Override
    public boolean fits(Candidate candidate) {
      JobRun run = candidate.run();
      return switch (part) {
        case STARTED_AT -> run.times().startedAt() != null;
        case FINISHED_AT -> run.times().finishedAt() != null;
        case DURATION_MS -> run.times().duration() != null;
        case ERROR_MESSAGE -> run.errorMessage() != null;
        case EXTERNAL_ID -> run.externalId() != null;
        case METADATA -> run.metadata() != null;
        case JOB_TYPE -> candidate.jobType() != null;
      };
    }
  }

  /** What a run may have or not. */
  enum Part {
    STARTED_AT("startedAt"),
    FINISHED_AT("finishedAt"),
    DURATION_MS("durationMs"),
    ERROR_MESSAGE("errorMessage"),
    EXTERNAL_ID("externalId"),
    METADATA("metadata"),
    JOB_TYPE("job.type");

    private final String field;

    Part(String field) {
      this.field = field;
    }

    /** The part that clients know by this name; {@code null} if there is none. */
    static @Nullable Part named(String field) {
      return Arrays.stream(values())
          .filter(part -> part.field.equals(field))
          .findFirst()
          .orElse(null);
    }
  }
}
