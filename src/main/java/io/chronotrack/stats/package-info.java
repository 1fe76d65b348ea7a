/**
 * Statistics: how many runs ended how, how long they took and waited, and what is usual for a job.
 *
 * <p>They are counted up when a run ends, in the same transaction, and never derived from the list
 * of runs: what is asked for here costs the same however long the history is, and stays when old
 * runs are gone. The end of a run never changes, so nothing is ever subtracted. This package knows
 * an {@link io.chronotrack.stats.EndedRun}, and nothing else of runs and jobs.
 */
@NullMarked
package io.chronotrack.stats;

import org.jspecify.annotations.NullMarked;
