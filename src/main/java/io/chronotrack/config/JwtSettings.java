package io.chronotrack.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which JSON Web Tokens are accepted, and what their groups may do. The keys that begin with {@code
 * mp.jwt} are those of MicroProfile JWT 2.1, with its meaning and its defaults.
 *
 * <p>Without a public key and without a place of one, no token is accepted and the rest has no
 * effect.
 *
 * @param publicKey text of the public key (PEM, JWK, JWK Set, or one of the latter two in
 *     base64url); {@code null} if it is elsewhere
 * @param location where the public keys are: an {@code http}, {@code https} or {@code file} URL;
 *     {@code null} if the text is given
 * @param algorithm the one algorithm that tokens may be signed with
 * @param issuer the only issuer, as the claim {@code iss} has it; empty only if no token is
 *     accepted
 * @param audiences of which the claim {@code aud} must name one; empty only if no token is accepted
 * @param clockSkew how far the clocks of issuer and service may be apart
 * @param maxAge how long after its {@code iat} a token is accepted; zero is as long as it is valid
 * @param groupRoles name of a role by name of a group; empty if a group is the role of its name
 * @param projectsClaim name of the claim that has the keys of the caller's projects
 */
public record JwtSettings(
    @Nullable Secret publicKey,
    @Nullable URI location,
    Algorithm algorithm,
    String issuer,
    Set<String> audiences,
    Duration clockSkew,
    Duration maxAge,
    Map<String, String> groupRoles,
    String projectsClaim) {

  /** Name of the setting that has the text of the public key. */
  public static final String PUBLIC_KEY = "mp.jwt.verify.publickey";

  /** Name of the setting that tells where the public keys are. */
  public static final String LOCATION = "mp.jwt.verify.publickey.location";

  /** Name of the setting that maps groups to roles. */
  public static final String GROUP_ROLES = "JWT_GROUP_ROLES";

  private static final String ISSUER = "mp.jwt.verify.issuer";
  private static final String AUDIENCES = "mp.jwt.verify.audiences";

  /** As MicroProfile Config separates lists: a comma, unless a backslash stands before it. */
  private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");

  /** The beginning of a URL (RFC 3986, section 3.1); one letter alone is a Windows drive. */
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*");

  private static final Set<String> SCHEMES = Set.of("http", "https", "file");

  /**
   * The settings of an installation that accepts no tokens; the last constant, as it needs the
   * others.
   */
  public static final JwtSettings OFF = from(new AppConfig.Settings(key -> Optional.empty()));

  /** How a token may be signed (RFC 7518, section 3.1). */
  public enum Algorithm {
    /** RSA with SHA-256. */
    RS256,
    /** ECDSA on the curve P-256 with SHA-256. */
    ES256
  }

  static JwtSettings from(AppConfig.Settings settings) {
    String publicKey = settings.text(PUBLIC_KEY, "");
    String location = settings.text(LOCATION, "");
    if (!publicKey.isEmpty() && !location.isEmpty()) {
      throw new InvalidSetting(LOCATION, "left out when " + PUBLIC_KEY + " is given", location);
    }
    var jwt =
        new JwtSettings(
            publicKey.isEmpty() ? null : new Secret(publicKey),
            location.isEmpty() ? null : url(location),
            settings.choice("mp.jwt.verify.publickey.algorithm", Algorithm.class, Algorithm.RS256),
            settings.text(ISSUER, ""),
            Set.copyOf(list(settings.text(AUDIENCES, ""))),
            Duration.ofSeconds(settings.number("mp.jwt.verify.clock.skew", 60, 0, 600)),
            Duration.ofSeconds(settings.number("mp.jwt.verify.token.age", 0, 0, 31_536_000)),
            groupRoles(settings.text(GROUP_ROLES, "")),
            settings.text("JWT_PROJECTS_CLAIM", "projects"));
    if (jwt.areTokensAccepted()) {
      jwt.requireIssuerAndAudiences();
    }
    return jwt;
  }

  /** Whether there is a public key, and so a token that could be accepted. */
  public boolean areTokensAccepted() {
    return publicKey != null || location != null;
  }

  /** An issuer signs tokens for many services, so that a token must not fit by omission. */
  private void requireIssuerAndAudiences() {
    String whenKey = "given when there is a public key";
    if (issuer.isEmpty()) {
      throw new InvalidSetting(ISSUER, whenKey, "");
    }
    if (audiences.isEmpty()) {
      throw new InvalidSetting(AUDIENCES, whenKey, "");
    }
  }

  private static URI url(String text) {
    try {
      URI url = SCHEME.matcher(text).matches() ? new URI(text) : Path.of(text).toUri();
      String scheme = url.getScheme().toLowerCase(Locale.ROOT);
      boolean complete = scheme.equals("file") ? url.getPath() != null : url.getHost() != null;
      if (SCHEMES.contains(scheme) && complete && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException | InvalidPathException e) {
      // Not an address is as wrong as one of another kind: the same answer below tells both.
    }
    // Not shown, as it may have a password in it.
    throw InvalidSetting.ofSecret(
        LOCATION, "the path of a file, or an http, https or file URL without a user name");
  }

  private static Map<String, String> groupRoles(String text) {
    Map<String, String> roles = new LinkedHashMap<>();
    for (String pair : list(text)) {
      // The last one, because the name of a group in a directory may be "cn=developers".
      int equals = pair.lastIndexOf('=');
      String group = pair.substring(0, Math.max(equals, 0)).strip();
      String role = pair.substring(equals + 1).strip();
      if (group.isEmpty() || role.isEmpty() || roles.putIfAbsent(group, role) != null) {
        throw new InvalidSetting(GROUP_ROLES, "a list group=role,... with each group once", text);
      }
    }
    return Map.copyOf(roles);
  }

  private static List<String> list(String text) {
    return Arrays.stream(COMMA.split(text))
        .map(part -> part.replace("\\,", ",").strip())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.toList());
  }
}
