package io.chronotrack.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a client asks for, before it is known what time it is.
 *
 * @param query what does not depend on the time
 * @param lastRunOlderThan how long ago the last run must have been created at least; {@code null}
 *     takes all
 */
public record JobSearch(JobQuery query, @Nullable Duration lastRunOlderThan) {

  /** The query that it is at this time. */
  public JobQuery at(Instant now) {
    if (lastRunOlderThan == null) {
      return query;
    }
    JobFilter filter = query.filter();
    return new JobQuery(
        new JobFilter(
            filter.name(),
            filter.archived(),
            filter.types(),
            filter.text(),
            filter.lastRunStatuses(),
            now.minus(lastRunOlderThan)),
        query.sort());
  }
}
