package io.chronotrack.stats;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/** How many runs ended, and how, as clients see it. */
@JsonbPropertyOrder({"total", "success", "failed", "cancelled"})
public record RunCounts(long total, long success, long failed, long cancelled) {

  static RunCounts of(Tally tally) {
    return new RunCounts(
        tally.total(),
        tally.count(RunOutcome.SUCCESS),
        tally.count(RunOutcome.FAILED),
        tally.count(RunOutcome.CANCELLED));
  }
}
