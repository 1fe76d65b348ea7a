package io.chronotrack.job;

import io.chronotrack.stats.JobSummary;
import io.chronotrack.stats.JobSummaryView;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it who ask for its summary as well; the other members are those of {@link
 * JobView}.
 *
 * @param summary how it is doing
 */
@JsonbPropertyOrder({
  "id",
  "name",
  "description",
  "type",
  "archived",
  "createdAt",
  "updatedAt",
  "summary"
})
public record SummarizedJobView(
    long id,
    String name,
    @Nullable String description,
    @Nullable String type,
    boolean archived,
    Instant createdAt,
    Instant updatedAt,
    JobSummaryView summary) {

  /** What clients see of a job with its summary. */
  static SummarizedJobView of(Job job, JobSummary summary) {
    return new SummarizedJobView(
        job.id(),
        job.name(),
        job.description(),
        job.type(),
        job.archived(),
        job.createdAt(),
        job.updatedAt(),
        JobSummaryView.of(summary));
  }
}
