package io.chronotrack.key;

import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.config.Limits;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.TextRule;
import java.time.Duration;
import java.util.Objects;

/** Binds and checks what clients send about keys. */
final class KeyRequests {

  /** More would make each list of such a key slow. */
  private static final int MOST_JOBS = 100;

  private static final int LONGEST_OVERLAP = 30 * 24 * 60 * 60;

  private KeyRequests() {}

  static NewKey newKey(JsonBody body, Limits limits) {
    String name = body.requiredText("name", TextRule.line(limits.nameLength()));
    Role role = body.requiredWord("role", Role.class);
    var only = body.word("only", Only.class);
    var expiresAt = body.time("expiresAt");
    var jobs = body.ids("jobs", MOST_JOBS);
    body.verify();
    return new NewKey(
        name,
        Objects.requireNonNullElse(role, Role.VIEWER),
        only.value(),
        jobs.value(),
        expiresAt.value());
  }

  /** How long the old key goes on working. */
  static Duration overlap(JsonBody body) {
    int seconds = body.requiredNumber("overlapSeconds", 0, LONGEST_OVERLAP);
    body.verify();
    return Duration.ofSeconds(seconds);
  }
}
