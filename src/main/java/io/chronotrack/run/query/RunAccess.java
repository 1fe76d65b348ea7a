package io.chronotrack.run.query;

import io.chronotrack.access.Scope;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunIndex.Pin;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a query is read: one index is entered at one or more places, each read in the query's order,
 * and what they have is merged. What the index does not take care of is looked at run by run.
 *
 * @param index the index
 * @param starts where it is entered; none if nothing can fit
 * @param sort the order
 * @param range the part of the index behind each start that is wanted
 * @param rest what the index does not take care of
 */
public record RunAccess(
    RunIndex index, List<Start> starts, RunSort sort, KeyRange range, RunCondition rest) {

  /**
   * Most runs that one request looks at because of conditions that no index takes care of. After
   * that its page ends, full or not.
   */
  public static final int MOST_EXAMINED = 1_000;

  /** Most places that an index is entered at for one page. */
  public static final int MOST_STARTS = 100;

  /** Runs that have one of these will soon have another: there are never many. */
  private static final Set<RunStatus> PASSING = EnumSet.of(RunStatus.PENDING, RunStatus.RUNNING);

  /**
   * What an index is entered at; {@code null} for what it is not pinned to.
   *
   * @param jobId the job
   * @param status the status
   * @param externalId the external id
   */
  public record Start(
      @Nullable Long jobId, @Nullable RunStatus status, @Nullable String externalId) {}

  /** Whether the index alone finds the runs. */
  public boolean isExact() {
    return rest.equals(RunCondition.ANY_RUN);
  }

  /**
   * How the runs of a scope are found.
   *
   * @throws ValidationFailed if they could only be found by looking at more runs than is sensible;
   *     it tells what to add
   */
  public static RunAccess of(Scope scope, RunQuery query) {
    var known = new Known(scope.jobIds());
    List<RunCondition> parts =
        query.condition() instanceof RunCondition.All all
            ? all.parts()
            : List.of(query.condition());
    parts.forEach(part -> known.take(part, query.sort().measure()));
    RunAccess access = known.access(query.sort());
    if (!access.starts().isEmpty() && !access.isExact() && !known.isNarrow(access)) {
      throw tooBroad(access);
    }
    return access;
  }

  private static ValidationFailed tooBroad(RunAccess access) {
    RunMeasure measure = access.sort().measure();
    return new ValidationFailed(
        Violation.ofParameter(
            nameOf(access.rest()),
            "cannot be looked for in all runs by "
                + measure.field()
                + ": add jobId or externalId, or "
                + measure.field()
                + ".gte"
                + (measure.isTime() ? " (or since)" : "")));
  }

  /** The parameter that asks for a condition, or for the first of several. */
  private static String nameOf(RunCondition condition) {
    if (condition instanceof RunCondition.All all) {
      return nameOf(all.parts().get(0));
    } else if (condition instanceof RunCondition.StatusIn) {
      return "status";
    } else if (condition instanceof RunCondition.JobTypeIn) {
      return "job.type";
    } else if (condition instanceof RunCondition.ExternalIdIs) {
      return "externalId";
    } else if (condition instanceof RunCondition.Measure measure) {
      return measure.measure().field();
    } else if (condition instanceof RunCondition.MessageHas) {
      return "errorMessage";
    } else if (condition instanceof RunCondition.MetadataIs metadata) {
      return "metadata." + String.join(".", metadata.path());
    } else {
      return "filter";
    }
  }

  /** What the conditions tell that an index can use. */
  private static final class Known {

    private @Nullable Set<Long> jobIds;
    private @Nullable Set<RunStatus> statuses;
    private @Nullable String externalId;
    private KeyRange range = KeyRange.ALL;
    private final List<RunCondition> rest = new ArrayList<>();

    Known(@Nullable Set<Long> jobIds) {
      this.jobIds = jobIds;
    }

    void take(RunCondition part, RunMeasure sortedBy) {
      if (part instanceof RunCondition.JobIn job) {
        jobIds = both(jobIds, job.jobIds());
      } else if (part instanceof RunCondition.StatusIn status) {
        statuses = both(statuses, status.statuses());
      } else if (part instanceof RunCondition.ExternalIdIs id && externalId == null) {
        externalId = id.externalId();
      } else if (part instanceof RunCondition.Measure measure && measure.measure() == sortedBy) {
        range = range.where(measure.comparison(), measure.value());
      } else {
        rest.add(part);
      }
    }

    private static <T> Set<T> both(@Nullable Set<T> one, Set<T> other) {
      Set<T> both = new HashSet<>(other);
      if (one != null) {
        both.retainAll(one);
      }
      return both;
    }

    RunAccess access(RunSort sort) {
      Set<RunStatus> possible = possible(sort.measure());
      if (statuses != null) {
        statuses = statuses.containsAll(possible) ? null : both(statuses, possible);
      }
      RunIndex index = RunIndex.of(sort.measure(), pins(), statuses);
      List<RunCondition> open = new ArrayList<>(rest);
      if (statuses != null && !index.servesStatus()) {
        open.add(0, new RunCondition.StatusIn(statuses));
      }
      if (externalId != null && !index.isPinnedTo(Pin.EXTERNAL_ID)) {
        open.add(0, new RunCondition.ExternalIdIs(externalId));
      }
      boolean isImpossible = statuses != null && statuses.isEmpty();
      List<Start> starts = isImpossible || range.isEmpty() ? List.of() : starts(index);
      return new RunAccess(index, starts, sort, range, RunCondition.all(open));
    }

    /** The statuses of the runs that have what is sorted by. */
    private static Set<RunStatus> possible(RunMeasure measure) {
      return switch (measure) {
        case CREATED_AT -> EnumSet.allOf(RunStatus.class);
        case STARTED_AT -> EnumSet.complementOf(EnumSet.of(RunStatus.PENDING));
        case FINISHED_AT, DURATION_MS -> EnumSet.complementOf(EnumSet.copyOf(PASSING));
      };
    }

    private Set<Pin> pins() {
      Set<Pin> pins = EnumSet.noneOf(Pin.class);
      if (jobIds != null) {
        pins.add(Pin.JOB);
      }
      if (externalId != null) {
        pins.add(Pin.EXTERNAL_ID);
      }
      int jobs = jobIds == null ? 1 : jobIds.size();
      if (statuses != null && jobs * statuses.size() <= MOST_STARTS) {
        pins.add(Pin.STATUS);
      }
      return pins;
    }

    private List<Start> starts(RunIndex index) {
      List<Start> starts = new ArrayList<>();
      for (Long jobId : valuesOf(index.isPinnedTo(Pin.JOB) ? jobIds : null)) {
        for (RunStatus status : valuesOf(index.isPinnedTo(Pin.STATUS) ? statuses : null)) {
          starts.add(
              new Start(jobId, status, index.isPinnedTo(Pin.EXTERNAL_ID) ? externalId : null));
        }
      }
      return starts;
    }

    /** The values to enter an index at; one {@code null} if it is not pinned to them. */
    private static <T> List<@Nullable T> valuesOf(@Nullable Set<T> values) {
      List<@Nullable T> list = new ArrayList<>();
      if (values == null) {
        list.add(null);
      } else {
        list.addAll(values);
      }
      return list;
    }

    /** Whether what is looked at run by run is less than a whole project's history. */
    boolean isNarrow(RunAccess access) {
      return access.index().isPinnedTo(Pin.JOB)
          || access.index().isPinnedTo(Pin.EXTERNAL_ID)
          || range.lower() != null
          || (statuses != null && access.index().servesStatus() && PASSING.containsAll(statuses));
    }
  }
}
