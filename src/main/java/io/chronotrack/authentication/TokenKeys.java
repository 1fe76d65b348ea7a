package io.chronotrack.authentication;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.JwtSettings;
import io.chronotrack.config.Secret;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys that tokens may be signed with, from where the configuration says. */
final class TokenKeys implements AutoCloseable {

  /** Weaker RSA keys must not be used (RFC 7518, section 3.3). */
  private static final int MIN_RSA_BITS = 2_048;

  /** All keys that are known. */
  private interface Known {
    JWKSet keys() throws KeySourceException;
  }

  private final JWSKeySelector<SecurityContext> selector;
  private final Known known;
  private final @Nullable KeysAtLocation published;

  private TokenKeys(JWSAlgorithm algorithm, JWKSet configured) {
    selector = new Selector(algorithm, new ImmutableJWKSet<>(configured));
    known = () -> configured;
    published = null;
  }

  private TokenKeys(JWSAlgorithm algorithm, KeysAtLocation published) {
    selector = new Selector(algorithm, published);
    known = published::load;
    this.published = published;
  }

  /**
   * The keys of an installation that accepts tokens.
   *
   * @throws InvalidSetting if there is no usable key in the configuration or the file
   */
  static TokenKeys of(JwtSettings settings, Clock clock) {
    JWSAlgorithm algorithm = algorithm(settings);
    Secret text = settings.publicKey();
    if (text != null) {
      return new TokenKeys(algorithm, configured(settings, text));
    }
    URI location = Objects.requireNonNull(settings.location());
    return new TokenKeys(algorithm, published(settings, location, clock));
  }

  /** Chooses the keys to try for a token. */
  JWSKeySelector<SecurityContext> selector() {
    return selector;
  }

  /**
   * All keys that are known at the moment.
   *
   * @throws KeySourceException if there are none yet, because they could not be fetched
   */
  JWKSet current() throws KeySourceException {
    return known.keys();
  }

  @Override
  public void close() {
    if (published != null) {
      published.close();
    }
  }

  private static JWKSet configured(JwtSettings settings, Secret text) {
    try {
      return requireUsable(PublicKeyText.parse(text.value()), settings, JwtSettings.PUBLIC_KEY);
    } catch (ParseException e) {
      throw unusable(settings, JwtSettings.PUBLIC_KEY);
    }
  }

  private static KeysAtLocation published(JwtSettings settings, URI location, Clock clock) {
    var keys = new KeysAtLocation(location, clock);
    if (!"file".equalsIgnoreCase(location.getScheme())) {
      keys.prepare();
      return keys;
    }
    try {
      requireUsable(keys.load(), settings, JwtSettings.LOCATION);
      return keys;
    } catch (KeySourceException e) {
      throw unusable(settings, JwtSettings.LOCATION);
    }
  }

  private static JWKSet requireUsable(JWKSet keys, JwtSettings settings, String setting) {
    JWKMatcher usable = matcher(algorithm(settings)).build();
    if (new JWKSelector(usable).select(keys).isEmpty()) {
      throw unusable(settings, setting);
    }
    return keys;
  }

  private static InvalidSetting unusable(JwtSettings settings, String setting) {
    String key =
        switch (settings.algorithm()) {
          case RS256 -> "an RSA public key of at least " + MIN_RSA_BITS + " bits";
          case ES256 -> "an EC public key on the curve P-256";
        };
    String where = setting.equals(JwtSettings.LOCATION) ? "a readable file with " : "";
    return InvalidSetting.ofSecret(
        setting, where + key + " for " + settings.algorithm() + ", as PEM, JWK or JWK Set");
  }

  private static JWSAlgorithm algorithm(JwtSettings settings) {
    return switch (settings.algorithm()) {
      case RS256 -> JWSAlgorithm.RS256;
      case ES256 -> JWSAlgorithm.ES256;
    };
  }

  private static JWKMatcher.Builder matcher(JWSAlgorithm algorithm) {
    JWKMatcher.Builder fit =
        new JWKMatcher.Builder()
            .keyType(KeyType.forAlgorithm(algorithm))
            .keyUses(KeyUse.SIGNATURE, null)
            .algorithms(algorithm, null);
    return algorithm.equals(JWSAlgorithm.RS256)
        ? fit.minKeySize(MIN_RSA_BITS)
        : fit.curve(Curve.P_256);
  }

  /**
   * Holds a token that names its key to that key and to keys without a name, as those of PEM are;
   * the library's own rule would refuse the latter.
   */
  private static final class Selector extends JWSVerificationKeySelector<SecurityContext> {

    Selector(JWSAlgorithm algorithm, JWKSource<SecurityContext> keys) {
      super(algorithm, keys);
    }

    @Override
    protected @Nullable JWKMatcher createJWKMatcher(JWSHeader header) {
      if (!isAllowed(header.getAlgorithm())) {
        return null;
      }
      JWKMatcher.Builder fit = matcher(header.getAlgorithm());
      String name = header.getKeyID();
      return (name == null ? fit : fit.keyIDs(name, null)).build();
    }
  }
}
