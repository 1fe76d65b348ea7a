package io.chronotrack.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a run that it creates; the members are those of {@link JobRun}.
 *
 * @param externalId the client's own id of the run, unique within the job; creating it again gives
 *     the run that exists
 * @param status PENDING when the run is announced, RUNNING when it starts now, an end when it is
 *     reported after the fact
 */
public record NewRun(
    @Nullable String externalId,
    RunStatus status,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String errorMessage,
    @Nullable Metadata metadata,
    @Nullable String traceparent) {}
