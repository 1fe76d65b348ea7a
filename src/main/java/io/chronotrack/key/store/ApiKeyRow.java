package io.chronotrack.key.store;

import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.key.ApiKey;
import io.chronotrack.page.Position;
import io.chronotrack.storage.VersionedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;

/** A row of the table {@code api_keys}. Times are milliseconds since 1970 in UTC. */
@Entity
@Table(name = "api_keys")
@NullUnmarked // JPA fills the fields.
class ApiKeyRow extends VersionedRow {

  @Id private long id;

  @Column(name = "project_id", updatable = false)
  private long projectId;

  @Column(updatable = false)
  private String name;

  @Column(updatable = false)
  private String lookup;

  @Column(updatable = false)
  private String hash;

  @Column(updatable = false)
  @Enumerated(EnumType.STRING)
  private Role role;

  // Not "only", which is a word of SQL.
  @Column(name = "narrowed_to", updatable = false)
  @Enumerated(EnumType.STRING)
  private Only only;

  /** A JSON array of ids. */
  @Column(updatable = false)
  private String jobs;

  @Column(name = "created_at", updatable = false)
  private long createdAt;

  @Column(name = "expires_at")
  private Long expiresAt;

  @Column(name = "last_used_at")
  private Long lastUsedAt;

  @Column(name = "revoked_at")
  private Long revokedAt;

  protected ApiKeyRow() {
    // For JPA.
  }

  ApiKeyRow(ApiKey key) {
    super(key.version());
    id = key.id();
    projectId = key.projectId();
    name = key.name();
    lookup = key.lookup();
    hash = key.hash();
    role = key.role();
    only = key.only();
    jobs = key.jobIds() == null ? null : key.jobIds().stream().sorted().toList().toString();
    createdAt = key.createdAt().toEpochMilli();
    set(key);
  }

  /** Takes over what can change; the version is counted by JPA. */
  final void set(ApiKey key) {
    expiresAt = millis(key.expiresAt());
    lastUsedAt = millis(key.lastUsedAt());
    revokedAt = millis(key.revokedAt());
  }

  ApiKey toKey() {
    return new ApiKey(
        id,
        projectId,
        name,
        lookup,
        hash,
        role,
        only,
        ids(jobs),
        Instant.ofEpochMilli(createdAt),
        instant(expiresAt),
        instant(lastUsedAt),
        instant(revokedAt),
        version());
  }

  static Position positionOf(ApiKey key) {
    return new Position(key.createdAt().toEpochMilli(), key.id());
  }

  private static Set<Long> ids(String array) {
    return array == null
        ? null
        : Arrays.stream(array.substring(1, array.length() - 1).split(","))
            .map(id -> Long.valueOf(id.strip()))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static Long millis(Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static Instant instant(Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
