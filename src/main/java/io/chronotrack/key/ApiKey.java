package io.chronotrack.key;

import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key; the key itself is not.
 *
 * @param id assigned by ChronoTrack, from 1
 * @param projectId the project that it belongs to
 * @param name for people; not unique
 * @param lookup the public part of the key
 * @param hash see {@link KeyHash}
 * @param role what it allows
 * @param only what it is narrowed to; {@code null} leaves all that the role allows
 * @param jobIds the only jobs that it is for; {@code null} is all jobs of the project
 * @param createdAt when it was issued, in milliseconds
 * @param expiresAt from when on it does not work; {@code null} is never
 * @param lastUsedAt about when it was last used, to the hour; {@code null} before the first time
 * @param revokedAt when it was revoked; {@code null} if it was not
 * @param version counts the changes, from 1
 */
public record ApiKey(
    long id,
    long projectId,
    String name,
    String lookup,
    String hash,
    Role role,
    @Nullable Only only,
    @Nullable Set<Long> jobIds,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt,
    long version) {

  /** A new key. */
  static ApiKey issue(
      long id, long projectId, NewKey wanted, KeyText text, KeyHash hash, Instant now) {
    return new ApiKey(
        id,
        projectId,
        wanted.name(),
        text.lookup(),
        hash.of(text.text()),
        wanted.role(),
        wanted.only(),
        wanted.jobIds(),
        now,
        wanted.expiresAt(),
        null,
        null,
        1);
  }

  /** Whether it works at this time. */
  public boolean worksAt(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** What there is for whoever shows it. */
  public Scope scope() {
    return new Scope(projectId, jobIds);
  }

  /** This key, revoked; this very key when it was revoked before. */
  ApiKey revoke(Instant now) {
    return revokedAt == null ? changed(expiresAt, lastUsedAt, now) : this;
  }

  /** This key, which works until this time at the latest. */
  ApiKey expireBy(Instant time) {
    return expiresAt != null && !expiresAt.isAfter(time)
        ? this
        : changed(time, lastUsedAt, revokedAt);
  }

  ApiKey usedAt(Instant time) {
    return changed(expiresAt, time, revokedAt);
  }

  /** What a key that takes its place is like. */
  NewKey successor() {
    return new NewKey(name, role, only, jobIds, expiresAt);
  }

  private ApiKey changed(
      @Nullable Instant newExpiresAt,
      @Nullable Instant newLastUsedAt,
      @Nullable Instant newRevokedAt) {
    return new ApiKey(
        id,
        projectId,
        name,
        lookup,
        hash,
        role,
        only,
        jobIds,
        createdAt,
        newExpiresAt,
        newLastUsedAt,
        newRevokedAt,
        version + 1);
  }
}
