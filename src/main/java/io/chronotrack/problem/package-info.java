/**
 * Everything that can go wrong, and how a client is told: one form, {@code
 * application/problem+json} (RFC 9457), for every error of every path.
 *
 * <p>The domain throws a {@link io.chronotrack.problem.DomainException} with an {@link
 * io.chronotrack.problem.ErrorCode} and knows no HTTP. {@link
 * io.chronotrack.problem.ExceptionToProblem} turns whatever leaves a resource into a {@link
 * io.chronotrack.problem.Problem}; {@link io.chronotrack.problem.ContainerErrorServlet} does the
 * same for what the server refuses on its own.
 */
@NullMarked
package io.chronotrack.problem;

import org.jspecify.annotations.NullMarked;
