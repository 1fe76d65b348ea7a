package io.chronotrack.http;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.Problem;
import io.chronotrack.problem.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a POST, as values that can be kept and given again; {@link Answers#of} sends it.
 *
 * @param status HTTP status
 * @param location of what was created, relative to the root of the application; {@code null} if
 *     nothing was
 * @param version of what the body shows, for its entity tag; {@code null} if it has none
 * @param body JSON text; a problem if the status is that of an error
 * @param isRepeated whether it was given before
 */
public record Answer(
    int status,
    @Nullable String location,
    @Nullable Long version,
    String body,
    boolean isRepeated) {

  /** 201 with a resource that was created at this path, relative to the root. */
  public static Answer created(String path, long version, Object view) {
    return new Answer(201, path, version, JsonbForm.toJson(view), false);
  }

  /** 200 with what became of the request. */
  public static Answer done(Object view) {
    return new Answer(200, null, null, JsonbForm.toJson(view), false);
  }

  /** 200 with a resource that a client wanted to create, and that exists at this path already. */
  public static Answer existing(String path, long version, Object view) {
    return new Answer(200, path, version, JsonbForm.toJson(view), false);
  }

  /** A request that was refused. */
  public static Answer refused(DomainException refusal, Post post) {
    Problem problem = Problem.of(refusal, Redaction.ofPath(post.path()));
    return new Answer(problem.status(), null, null, problem.toJson(post.root()), false);
  }

  /** The same, given again. */
  public Answer repeated() {
    return new Answer(status, location, version, body, true);
  }

  /** The content type of the body. */
  String mediaType() {
    return status < 400 ? "application/json" : Problem.MEDIA_TYPE;
  }
}
