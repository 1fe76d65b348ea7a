package io.chronotrack.run.query;

import io.chronotrack.run.query.RunCondition.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a client asks for, before it is known what time it is.
 *
 * @param query what does not depend on the time
 * @param since how far back the list goes: by what it is sorted by if that is a time, else by
 *     {@code createdAt}; {@code null} for all the way
 */
public record RunSearch(RunQuery query, @Nullable Duration since) {

  /** The query that it is at this time. */
  public RunQuery at(Instant now) {
    if (since == null) {
      return query;
    }
    RunMeasure sortedBy = query.sort().measure();
    var recent =
        new RunCondition.Measure(
            sortedBy.isTime() ? sortedBy : RunMeasure.CREATED_AT,
            Comparison.GREATER_OR_EQUAL,
            now.minus(since).toEpochMilli());
    return new RunQuery(RunCondition.all(List.of(query.condition(), recent)), query.sort());
  }
}
