package io.chronotrack.key;

import io.chronotrack.access.Only;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients see of a key; the members are those of {@link ApiKey}.
 *
 * @param project key of the project that it belongs to
 * @param jobs ids of the only jobs that it is for, in their order
 */
@JsonbPropertyOrder({
  "id",
  "name",
  "role",
  "project",
  "only",
  "jobs",
  "expiresAt",
  "createdAt",
  "lastUsedAt",
  "revokedAt"
})
public record KeyView(
    long id,
    String name,
    String role,
    String project,
    @Nullable String only,
    @Nullable List<Long> jobs,
    @Nullable Instant expiresAt,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  /** What clients see of a key of a project. */
  public static KeyView of(ApiKey key, String project) {
    Only only = key.only();
    Set<Long> jobs = key.jobIds();
    return new KeyView(
        key.id(),
        key.name(),
        key.role().roleName(),
        project,
        only == null ? null : only.name().toLowerCase(Locale.ROOT),
        jobs == null ? null : jobs.stream().sorted().toList(),
        key.expiresAt(),
        key.createdAt(),
        key.lastUsedAt(),
        key.revokedAt());
  }
}
