package io.chronotrack.key;

import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says of a key that it asks for; the members are those of {@link ApiKey}. */
public record NewKey(
    String name,
    Role role,
    @Nullable Only only,
    @Nullable Set<Long> jobIds,
    @Nullable Instant expiresAt) {}
