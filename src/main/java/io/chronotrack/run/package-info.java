/**
 * Runs: the executions of jobs, and their life from {@code PENDING} to an end.
 *
 * <p>{@link io.chronotrack.run.RunStatus} is the one table of what may follow what, and {@link
 * io.chronotrack.run.JobRun} the one place that moves a run along it. Every change of a run is kept
 * as a {@link io.chronotrack.run.RunEvent}, stored together with the change or not at all.
 */
@NullMarked
package io.chronotrack.run;

import org.jspecify.annotations.NullMarked;
