package io.chronotrack.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every kind of error that a client can be told of: the {@code code} of a problem, stable across
 * releases. Titles and explanations are what {@code /problems/<slug>} shows.
 */
public enum ErrorCode {
  /** The body is not one well-formed JSON object in UTF-8. */
  MALFORMED_JSON(
      "The body is not well-formed JSON",
      "The request body must be exactly one JSON object (RFC 8259) in UTF-8, without a member given"
          + " twice and without anything behind it."),
  /** Something in the request breaks a rule; {@code errors} names all of it. */
  VALIDATION_FAILED(
      "The request is not valid",
      "Something in the request has the wrong type, breaks a rule or is not known here. The member"
          + " 'errors' names everything that was found wrong, each with a JSON pointer into the"
          + " body, the name of a parameter or the name of a header."),
  /** The request is wrong in a way that only the server noticed. */
  BAD_REQUEST(
      "The request cannot be understood",
      "The request is wrong in its form: its line, its headers or its path."),
  /** The request has no credential, or one that is not accepted. */
  UNAUTHORIZED(
      "A valid credential is needed",
      "Send an API key or a JSON Web Token in the header 'Authorization', after the word 'Bearer'."
          + " One that is unknown, expired, revoked or made for somebody else is refused alike."),
  /** The credential is accepted and does not allow this. */
  FORBIDDEN(
      "The credential does not allow this",
      "What a credential allows is its role, and what it is narrowed to: GET /whoami tells both."),
  /** There is no such thing, or no such path. */
  NOT_FOUND("Not found", "There is nothing under this path or with this id."),
  /** The path exists, the method does not. */
  METHOD_NOT_ALLOWED(
      "The method is not allowed here",
      "The header 'Allow' of the answer tells which methods the path has."),
  /** The client accepts nothing that can be produced. */
  NOT_ACCEPTABLE(
      "Nothing acceptable can be produced",
      "The header 'Accept' of the request excludes every form that this path can answer in. Most"
          + " answers are application/json; exports are application/x-ndjson or text/csv, streams"
          + " text/event-stream, the API document application/yaml, pages about problems text/html."
          + " Errors are application/problem+json, whatever is accepted."),
  /** The body has a content type that the path does not read. */
  UNSUPPORTED_MEDIA_TYPE(
      "The content type is not supported",
      "Send application/json; a PATCH may also be application/merge-patch+json."),
  /** A run cannot go from its status to the requested one. */
  ILLEGAL_TRANSITION(
      "The run cannot change to this status",
      "A run goes from PENDING to RUNNING and from there to SUCCESS or FAILED; it can be CANCELLED"
          + " until it has ended. The members 'currentStatus', 'requestedStatus' and 'allowed' tell"
          + " where the run is and where it could go."),
  /** A new run was asked for on an archived job. */
  JOB_ARCHIVED(
      "The job is archived",
      "An archived job takes no new runs. Set its 'archived' to false first; runs that it has can"
          + " still be reported."),
  /** Something new was asked for in an archived project. */
  PROJECT_ARCHIVED(
      "The project is archived",
      "An archived project takes no new jobs, runs or keys; runs that it has can still be reported."
          + " Set its 'archived' to false first."),
  /** There is a project with this key already. */
  PROJECT_EXISTS(
      "The project exists already",
      "The key of a project is unique and cannot be given away twice, not even when the project is"
          + " archived."),
  /** An Idempotency-Key came again, with another body. */
  IDEMPOTENCY_KEY_REUSED(
      "The key belongs to another request",
      "An earlier request of the same caller to the same path had this 'Idempotency-Key' and"
          + " another body. Nothing was done for this one. Give each thing that you ask for a key of"
          + " its own, and repeat a request as it was."),
  /** A batch was to be all or nothing, and something in it was refused. */
  BATCH_REFUSED(
      "The batch is refused as a whole",
      "With 'atomic=true' a batch is applied as a whole or not at all, and some of its operations"
          + " were refused. The member 'results' has one entry for each operation, in their order:"
          + " what is wrong with it, or NOT_APPLIED if nothing is."),
  /** There is nothing wrong with an operation, but with another one of its batch. */
  NOT_APPLIED(
      "The operation was not applied",
      "Nothing is wrong with the operation itself; another one of the same batch was refused, and"
          + " the batch was to be all or nothing."),
  /** The client did not send its request in time. */
  REQUEST_TIMEOUT(
      "The request took too long to arrive",
      "The body did not arrive in the time that a request may take. Nothing of it was stored."),
  /** Too many requests in too short a time. */
  RATE_LIMITED(
      "Too many requests",
      "The credential, or the address, has used up what it may do in a minute. Repeat the request"
          + " after the seconds that 'Retry-After' tells; the fields 'RateLimit' and"
          + " 'RateLimit-Policy' of each answer tell what is left."),
  /** If-Match names another version than the thing has. */
  VERSION_MISMATCH(
      "The thing has changed in the meantime",
      "The header 'If-Match' names another version than the one that exists now. Read it again and"
          + " decide anew."),
  /** The request body is larger than allowed. */
  BODY_TOO_LARGE(
      "The body is too large", "The problem's detail tells how many bytes a request may have."),
  /** A defect of the service. */
  INTERNAL_ERROR(
      "Something went wrong on our side",
      "The request met a defect. Nothing of it was stored. Quote the member 'errorId': the log has"
          + " the details under it."),
  /** The service cannot write, or cannot answer, at the moment. */
  UNAVAILABLE(
      "The service cannot do this at the moment",
      "The storage cannot be used, as many exports run as may at a time, or the service is shutting"
          + " down. Nothing was changed; repeat the request after the seconds that 'Retry-After'"
          + " tells.");

  private final String title;
  private final String explanation;

  ErrorCode(String title, String explanation) {
    this.title = title;
    this.explanation = explanation;
  }

  /** The code whose page has this slug. */
  public static Optional<ErrorCode> ofSlug(String slug) {
    return Arrays.stream(values()).filter(code -> code.slug().equals(slug)).findFirst();
  }

  /** The last part of the path of the code's page, such as {@code not-found}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One short line, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** What the error means and what a client can do about it. */
  public String explanation() {
    return explanation;
  }
}
