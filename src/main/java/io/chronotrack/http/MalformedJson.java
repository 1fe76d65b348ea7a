package io.chronotrack.http;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** The body is not one well-formed JSON object. */
final class MalformedJson extends DomainException {

  private static final long serialVersionUID = 1L;

  MalformedJson(String detail) {
    super(ErrorCode.MALFORMED_JSON, detail);
  }

  static MalformedJson noBody() {
    return new MalformedJson("There is no body; send a JSON object, {} at least.");
  }
}
