/**
 * Requests that create something, made safe to repeat: the answer to a POST with the header {@code
 * Idempotency-Key} is kept for a day, in the same transaction as its effect, and whoever sends the
 * request again gets that answer.
 *
 * <p>Keys belong to the caller, its project and the path. Neither they nor bodies of requests are
 * kept in plain, and no answer is kept with a secret in it.
 */
@NullMarked
package io.chronotrack.idempotency;

import org.jspecify.annotations.NullMarked;
