package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chronotrack.problem.ValidationFailed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a client is told when its request breaks rules. */
final class Refusals {

  private Refusals() {}

  /** The violations, each as {@code place name: detail}. */
  static ListAssert<String> assertViolations(ThrowingCallable request) {
    var refusal = catchThrowableOfType(ValidationFailed.class, request);
    assertThat(refusal).isNotNull();
    return assertThat(
        ((List<?>) Objects.requireNonNull(refusal.members().get("errors")))
            .stream().map(Map.class::cast).map(Refusals::sentence).toList());
  }

  private static String sentence(Map<?, ?> error) {
    String place =
        error.keySet().stream()
            .map(String::valueOf)
            .filter(key -> !key.equals("detail"))
            .findFirst()
            .orElseThrow();
    return place + " " + error.get(place) + ": " + error.get("detail");
  }
}
