package io.chronotrack.authentication;

import io.chronotrack.access.Role;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom an accepted token speaks for, as its issuer says.
 *
 * @param subject name of the caller: the first there is of the claims {@code upn}, {@code
 *     preferred_username} and {@code sub}; 1 to 255 characters, none of them a control character
 * @param role the highest role that a group of the token has here; {@code null} if no group has
 *     one: then the caller is known, and may do nothing
 * @param projects keys of the projects that the token is for; empty if it names none. Nothing says
 *     that they exist
 * @param expiresAt end of the token, without the tolerance for clocks that differ
 */
public record JwtIdentity(
    String subject, @Nullable Role role, Set<String> projects, Instant expiresAt) {}
