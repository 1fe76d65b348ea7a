/**
 * What every endpoint shares, so that all of them read requests and form answers alike: strict JSON
 * bodies, query parameters, cursors, entity tags, the envelope of a list.
 *
 * <p>A client's mistakes are collected and told all at once, as {@link
 * io.chronotrack.problem.ValidationFailed}.
 */
@NullMarked
package io.chronotrack.http;

import org.jspecify.annotations.NullMarked;
