/**
 * Turns the credential of a request into an {@link io.chronotrack.access.Caller}, or refuses it.
 *
 * <p>The only place that reads credentials. Whatever is wrong with one, the client is told only
 * that it is not accepted, and no part of it reaches a log line or an answer.
 *
 * <p>A JSON Web Token is accepted by {@link io.chronotrack.authentication.JwtVerifier} alone: by
 * one algorithm, one issuer, named audiences and a time of the injected clock. Its keys come from
 * the configuration or from the issuer's JWK Set, which is fetched beside the requests as far as
 * possible, and whose absence does not turn good tokens bad.
 */
@NullMarked
package io.chronotrack.authentication;

import org.jspecify.annotations.NullMarked;
