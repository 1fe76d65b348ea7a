package io.chronotrack.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.chronotrack.authentication.VerifiedTokens.Verified;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.JwtSettings;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accepts JSON Web Tokens (RFC 7519) that the configured issuer has signed for this service, and no
 * others. Follows RFC 8725: the algorithm is the configured one, whatever the token says of itself;
 * a key is used for its own algorithm only; issuer, audience and an end are required.
 *
 * <p>Safe for use by many threads. Verifying reads no disk and, but for what {@link KeysAtLocation}
 * says, no network.
 */
public final class JwtVerifier implements AutoCloseable {

  /** Longer tokens are refused unread; those of directories with many groups have some 4 KiB. */
  static final int MAX_LENGTH = 8 * 1024;

  /**
   * RFC 7515, section 7.1: without the padding and the other alphabet that decoders put up with.
   */
  private static final Pattern COMPACT =
      Pattern.compile("(?:[A-Za-z0-9_-]++\\.){2}[A-Za-z0-9_-]++");

  private static final int MAX_SUBJECT_LENGTH = 255;

  /** In this order, as in MicroProfile JWT (section "Required MP-JWT Claims"). */
  private static final List<String> NAMES = List.of("upn", "preferred_username", "sub");

  private static final System.Logger LOG = System.getLogger(JwtVerifier.class.getName());

  private final @Nullable TokenKeys keys;
  private final TokenRules rules;
  private final @Nullable DefaultJWTProcessor<SecurityContext> processor;
  private final VerifiedTokens verified = new VerifiedTokens();
  private final GroupRoles groupRoles;
  private final String projectsClaim;

  /**
   * Reads a key from the configuration or a file at once, and has one from the network fetched in
   * the background: an issuer that is away does not hold up the start.
   *
   * @throws InvalidSetting if there is no usable key in the configuration or the file, or no such
   *     role
   */
  public JwtVerifier(JwtSettings settings, Clock clock) {
    groupRoles = GroupRoles.of(settings.groupRoles());
    projectsClaim = settings.projectsClaim();
    keys = settings.areTokensAccepted() ? TokenKeys.of(settings, clock) : null;
    rules = new TokenRules(settings, clock);
    processor = keys == null ? null : processor(keys, rules);
  }

  /**
   * Whom a token speaks for.
   *
   * @param token in the compact form (RFC 7515, section 7.1)
   * @return empty if it is not accepted, for whatever reason: also if tokens are not accepted at
   *     all, and while there are no keys to verify it with
   */
  public Optional<JwtIdentity> verify(String token) {
    if (keys == null
        || processor == null
        || token.length() > MAX_LENGTH
        || !COMPACT.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      JWKSet current = keys.current();
      Optional<Verified> known = verified.find(token, current);
      if (known.isPresent()) {
        rules.verify(known.get().claims(), null);
        return known.map(Verified::identity);
      }
      JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
      Optional<JwtIdentity> identity = identity(claims);
      identity.ifPresent(found -> verified.add(token, new Verified(claims, found, current)));
      return identity;
    } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
      // Whatever it is: a stranger wrote the text that is read here, and must not cause a 500.
      return refuse(e);
    }
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
    }
  }

  private static Optional<JwtIdentity> refuse(Exception reason) {
    // Only what the rules say of a token with a good signature is told in full: the messages of
    // the parsers have parts of the token.
    boolean byRule = reason instanceof BadJWTException && reason.getCause() == null;
    LOG.log(
        Level.DEBUG,
        "A token is not accepted: {0}",
        byRule ? reason.getMessage() : reason.getClass().getSimpleName());
    return Optional.empty();
  }

  private Optional<JwtIdentity> identity(JWTClaimsSet claims) {
    return NAMES.stream()
        .map(claims::getClaim)
        .filter(Objects::nonNull)
        .findFirst()
        .filter(JwtVerifier::isName)
        .map(
            subject ->
                new JwtIdentity(
                    (String) subject,
                    groupRoles.highest(texts(claims.getClaim("groups"))).orElse(null),
                    texts(claims.getClaim(projectsClaim)),
                    claims.getExpirationTime().toInstant()));
  }

  /** Whether it can stand in the audit and in a log line. */
  private static boolean isName(Object claim) {
    return claim instanceof String name
        && !name.isBlank()
        && name.length() <= MAX_SUBJECT_LENGTH
        && name.chars().noneMatch(Character::isISOControl);
  }

  /** One text, or those in an array; what is something else gives nothing. */
  private static Set<String> texts(@Nullable Object claim) {
    Stream<?> values =
        claim instanceof Collection<?> array ? array.stream() : Stream.ofNullable(claim);
    return values
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static DefaultJWTProcessor<SecurityContext> processor(TokenKeys keys, TokenRules rules) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    // Absent, JWT, or an access token of RFC 9068.
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(keys.selector());
    processor.setJWTClaimsSetVerifier(rules);
    return processor;
  }
}
