package io.chronotrack.problem;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Turns whatever leaves a resource into a problem. A defect of ours is logged here, once, under an
 * id that the client gets too; nothing else of it leaves the process.
 */
@Provider
@SuppressWarnings("NullAway.Init") // The server fills the fields.
public class ExceptionToProblem implements ExceptionMapper<Throwable> {

  private static final System.Logger LOG = System.getLogger(ExceptionToProblem.class.getName());

  private static final String CHALLENGE = "Bearer realm=\"ChronoTrack\"";

  @Context private UriInfo uri;
  @Context private Request request;
  @Context private HttpHeaders headers;

  @Override
  public Response toResponse(Throwable failure) {
    Optional<DomainException> refusal = refusalIn(failure);
    if (refusal.isPresent()) {
      return answer(refused(refusal.get()), hints(refusal.get()));
    }
    if (failure instanceof WebApplicationException http) {
      Response original = http.getResponse();
      return original.getStatus() < 400 ? original : answer(fromHttp(http), original);
    }
    return answer(defect(failure), Response.noContent().build());
  }

  private Problem refused(DomainException refusal) {
    if (refusal.getCause() != null) {
      LOG.log(Level.WARNING, "{0} ({1})", refusal.detail(), rootOf(refusal).getMessage());
    }
    return Problem.of(refusal, path());
  }

  private Problem fromHttp(WebApplicationException failure) {
    // A server wraps a path or query parameter that it cannot convert into a 404 with a cause.
    boolean unreadable = failure instanceof NotFoundException && failure.getCause() != null;
    int status = unreadable ? 400 : failure.getResponse().getStatus();
    return status < 500 ? Problem.ofStatus(status, path()) : defect(failure);
  }

  private Problem defect(Throwable failure) {
    String errorId = UUID.randomUUID().toString();
    LOG.log(Level.ERROR, "Error " + errorId + " in " + request.getMethod() + " " + path(), failure);
    return new Problem(
        ErrorCode.INTERNAL_ERROR,
        Problem.statusOf(ErrorCode.INTERNAL_ERROR),
        null,
        path(),
        Map.of("errorId", errorId));
  }

  private Response answer(Problem problem, Response original) {
    var response =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .entity(problem.toJson(uri.getBaseUri().getRawPath()));
    String allow = original.getHeaderString(HttpHeaders.ALLOW);
    if (allow != null) {
      response.header(HttpHeaders.ALLOW, withHead(allow));
    }
    if (problem.code() == ErrorCode.UNSUPPORTED_MEDIA_TYPE && request.getMethod().equals("PATCH")) {
      // RFC 5789, section 2.2.
      response.header("Accept-Patch", "application/merge-patch+json, application/json");
    }
    String retryAfter = original.getHeaderString(HttpHeaders.RETRY_AFTER);
    if (retryAfter != null) {
      response.header(HttpHeaders.RETRY_AFTER, retryAfter);
    }
    challenge(problem.code())
        .ifPresent(challenge -> response.header(HttpHeaders.WWW_AUTHENTICATE, challenge));
    return response.build();
  }

  private static Response hints(DomainException refusal) {
    var response = Response.noContent();
    refusal
        .retryAfterSeconds()
        .ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
    return response.build();
  }

  /** How to do better with another credential (RFC 6750, section 3). */
  private Optional<String> challenge(ErrorCode code) {
    return switch (code) {
      case UNAUTHORIZED ->
          Optional.of(
              headers.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                  ? CHALLENGE
                  : CHALLENGE + ", error=\"invalid_token\"");
      case FORBIDDEN -> Optional.of(CHALLENGE + ", error=\"insufficient_scope\"");
      default -> Optional.empty();
    };
  }

  /** HEAD is answered wherever GET is, but Jersey forgets to say so. */
  private static String withHead(String allow) {
    var methods = new TreeSet<>(List.of(allow.split("\\s*,\\s*")));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }

  private String path() {
    return Redaction.ofPath(uri.getRequestUri().getRawPath());
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Optional<DomainException> refusalIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DomainException refusal) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }
}
