package io.chronotrack.run;

/**
 * The run that a client wanted to be there.
 *
 * @param isNew whether it was created by this; otherwise it had the external id before, and is as
 *     it was
 */
public record CreatedRun(JobRun run, boolean isNew) {}
