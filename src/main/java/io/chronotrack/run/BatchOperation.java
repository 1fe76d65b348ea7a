package io.chronotrack.run;

import io.chronotrack.problem.ValidationFailed;

/**
 * One operation of a batch. Its {@code pointer} leads from the top of the request to the form of
 * the run, so that what is wrong in it can be told.
 */
public sealed interface BatchOperation {

  /** A run of this job is to be there. */
  record Create(String pointer, long jobId, NewRun wanted) implements BatchOperation {}

  /** The run with this id is to change. */
  record Update(String pointer, long runId, RunPatch patch) implements BatchOperation {}

  /** The run with this external id is to change; an earlier operation may have created it. */
  record UpdateByExternalId(String pointer, ExternalId externalId, RunPatch patch)
      implements BatchOperation {}

  /** Nobody can tell what is wanted. */
  record Invalid(ValidationFailed refusal) implements BatchOperation {}
}
