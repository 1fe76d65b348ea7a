package io.chronotrack.idempotency;

import io.chronotrack.http.Answer;
import java.time.Instant;

/**
 * An answer that is given again when its request is repeated.
 *
 * @param id tells requests apart; see {@link Fingerprint#ofRequest}
 * @param payload tells what the request said; see {@link Fingerprint#ofPayload}
 * @param answer what was answered, without any secret
 * @param createdAt when
 */
public record KeptAnswer(String id, String payload, Answer answer, Instant createdAt) {}
