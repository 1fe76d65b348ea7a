package io.chronotrack.authentication;

import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted credential says of its owner.
 *
 * @param actor see {@link io.chronotrack.access.Caller#actor}
 * @param role what it allows; {@code null} if nothing
 * @param only what it is narrowed to; {@code null} leaves all that the role allows
 * @param projects keys of the projects that it is for, in the order of the credential
 * @param jobIds the only jobs that it is for; {@code null} is all of its projects' jobs
 */
record Credential(
    String actor,
    @Nullable Role role,
    @Nullable Only only,
    Set<String> projects,
    @Nullable Set<Long> jobIds) {}
