package io.chronotrack.key;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as the one sees it who asked for it; the members are those of {@link KeyView}.
 *
 * @param key the key itself, told this one time; {@code null} to whoever repeats the request
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
  "revokedAt",
  "key"
})
public record IssuedKeyView(
    long id,
    String name,
    String role,
    String project,
    @Nullable String only,
    @Nullable List<Long> jobs,
    @Nullable Instant expiresAt,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt,
    @Nullable String key) {

  /** What the one sees who asked for a key of this project. */
  public static IssuedKeyView of(IssuedKey issued, String project) {
    return of(issued, project, issued.text().text());
  }

  /** What may be kept of that, and told again. */
  public static IssuedKeyView withoutKey(IssuedKey issued, String project) {
    return of(issued, project, null);
  }

  private static IssuedKeyView of(IssuedKey issued, String project, @Nullable String key) {
    KeyView view = KeyView.of(issued.key(), project);
    return new IssuedKeyView(
        view.id(),
        view.name(),
        view.role(),
        view.project(),
        view.only(),
        view.jobs(),
        view.expiresAt(),
        view.createdAt(),
        view.lastUsedAt(),
        view.revokedAt(),
        key);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
