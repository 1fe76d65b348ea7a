package io.chronotrack.problem;

import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as clients see it: RFC 9457, with the code as a further member.
 *
 * @param code what kind of error this is
 * @param status HTTP status, usually {@link #statusOf} the code
 * @param detail what was wrong this time; {@code null} if there is no more to say than the title
 * @param instance path of the request
 * @param members further members; a {@link DomainException} in a list of them is shown as the
 *     answer that it would be
 */
public record Problem(
    ErrorCode code,
    int status,
    @Nullable String detail,
    String instance,
    Map<String, Object> members) {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** The content type of every error. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The HTTP status of a code. */
  public static int statusOf(ErrorCode code) {
    return switch (code) {
      case MALFORMED_JSON, VALIDATION_FAILED, BAD_REQUEST -> 400;
      case UNAUTHORIZED -> 401;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case METHOD_NOT_ALLOWED -> 405;
      case NOT_ACCEPTABLE -> 406;
      case REQUEST_TIMEOUT -> 408;
      case ILLEGAL_TRANSITION, JOB_ARCHIVED, PROJECT_ARCHIVED, PROJECT_EXISTS, BATCH_REFUSED -> 409;
      case VERSION_MISMATCH -> 412;
      case BODY_TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case IDEMPOTENCY_KEY_REUSED -> 422;
      case NOT_APPLIED -> 424;
      case RATE_LIMITED -> 429;
      case INTERNAL_ERROR -> 500;
      case UNAVAILABLE -> 503;
    };
  }

  /**
   * A refusal by the domain, as a part of an answer: the same object that it would be as an answer
   * of its own.
   *
   * @param root path of the application's root, with a slash at its end
   * @param path of the request
   */
  public static JsonObject inside(String root, String path, DomainException refusal) {
    JsonObject object = of(refusal, Redaction.ofPath(path)).toObject(root);
    String text = object.toString();
    String shown = Redaction.of(text);
    if (shown.equals(text)) {
      return object;
    }
    try (var reader = JSON.createReader(new StringReader(shown))) {
      return reader.readObject();
    }
  }

  /** A refusal by the domain. */
  public static Problem of(DomainException refusal, String instance) {
    return new Problem(
        refusal.code(), statusOf(refusal.code()), refusal.detail(), instance, refusal.members());
  }

  /** A refusal by the server, of which only the status is known. */
  static Problem ofStatus(int status, String instance) {
    return new Problem(codeOf(status), status, null, instance, Map.of());
  }

  private static ErrorCode codeOf(int status) {
    return switch (status) {
      case 401 -> ErrorCode.UNAUTHORIZED;
      case 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.NOT_FOUND;
      case 405, 501 -> ErrorCode.METHOD_NOT_ALLOWED;
      case 406 -> ErrorCode.NOT_ACCEPTABLE;
      case 408 -> ErrorCode.REQUEST_TIMEOUT;
      case 413 -> ErrorCode.BODY_TOO_LARGE;
      case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
      case 429 -> ErrorCode.RATE_LIMITED;
      case 503 -> ErrorCode.UNAVAILABLE;
      default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL_ERROR;
    };
  }

  /**
   * The problem as JSON text.
   *
   * @param root path of the application's root, with a slash at its end
   */
  public String toJson(String root) {
    // What was wrong may be a credential in the wrong place, which the texts then name.
    return Redaction.of(toObject(root).toString());
  }

  private JsonObject toObject(String root) {
    return JSON.createObjectBuilder(toMembers(root)).build();
  }

  private Map<String, Object> toMembers(String root) {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", root + "problems/" + code.slug());
    json.put("title", code.title());
    json.put("status", status);
    json.put("detail", detail == null ? code.explanation() : detail);
    json.put("instance", instance);
    json.put("code", code.name());
    members.forEach((name, value) -> json.put(name, shown(value, root)));
    return json;
  }

  /** What a member shows of a list of refusals: the status and the problem that each would be. */
  private Object shown(Object member, String root) {
    if (member instanceof List<?> list) {
      return list.stream().map(item -> shown(item, root)).toList();
    }
    if (member instanceof DomainException refusal) {
      var answer = new LinkedHashMap<String, Object>();
      answer.put("status", statusOf(refusal.code()));
      answer.put("body", of(refusal, instance).toMembers(root));
      return answer;
    }
    return member;
  }
}
