package io.chronotrack.authentication;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetParseException;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that an issuer publishes, kept and fetched anew.
 *
 * <p>Keys are at most {@link #KEPT} old while the location answers. From {@link #FRESH} on the next
 * request has them fetched in the background and does not wait. A request waits only for the first
 * fetch ever, after a pause of more than {@link #KEPT} without any token, and for a token with a
 * key that is not known, which may be new: that fetches at most twice in {@link #BETWEEN_FETCHES},
 * so that a stranger cannot make this service flood the issuer. While the location does not answer,
 * or not with keys, those of the last answer hold for {@link #OUTAGE}.
 *
 * <p>This is the chain of sources that Nimbus' builder makes. It is put together here because the
 * builder's takes the time from the system and not from a clock.
 */
final class KeysAtLocation implements JWKSource<SecurityContext>, AutoCloseable {

  static final Duration FRESH = Duration.ofMinutes(5);
  static final Duration KEPT = Duration.ofMinutes(10);
  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);
  static final Duration OUTAGE = Duration.ofHours(24);

  /** How long a request waits for a fetch that another one makes. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  private static final int CONNECT_MS = 2_000;
  private static final int READ_MS = 2_000;
  private static final int MAX_BYTES = 256 * 1024;

  private static final System.Logger LOG = System.getLogger(KeysAtLocation.class.getName());

  private final Clock clock;
  private final ExecutorService background = background();
  private final JWKSetSource<SecurityContext> keys;

  KeysAtLocation(URI location, Clock clock) {
    this.clock = clock;
    this.keys =
        new RefreshAheadCachingJWKSetSource<>(
            new RateLimitedJWKSetSource<>(
                new OutageTolerantJWKSetSource<>(new Fetch(url(location)), OUTAGE.toMillis(), null),
                BETWEEN_FETCHES.toMillis(),
                null),
            KEPT.toMillis(),
            WAIT.toMillis(),
            KEPT.minus(FRESH).toMillis(),
            background,
            true,
            null,
            null,
            false);
  }

  /** Has the keys fetched in the background, before the first token needs them. */
  void prepare() {
    background.execute(
        () -> {
          try {
            load();
          } catch (KeySourceException e) {
            // Told by Fetch. The first token will try again.
          }
        });
  }

  /** Fetches the keys, unless they are known. */
  JWKSet load() throws KeySourceException {
    return keys.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), clock.millis(), null);
  }

  @Override
  public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context)
      throws KeySourceException {
    JWKSet known = load();
    List<JWK> found = wanted.select(known);
    if (!found.isEmpty()) {
      return found;
    }
    try {
      // Fetched only if nobody else has replaced the known ones in the meantime.
      return wanted.select(
          keys.getJWKSet(
              JWKSetCacheRefreshEvaluator.referenceComparison(known), clock.millis(), null));
    } catch (RateLimitReachedException e) {
      return List.of();
    }
  }

  @Override
  public void close() {
    try {
      keys.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URL url(URI location) {
    try {
      return location.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a URL", e);
    }
  }

  /** One thread that is there only when it has something to do, and holds up no end. */
  private static ExecutorService background() {
    var executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              var thread = new Thread(task, "chronotrack-token-keys");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Reads the location, each time that it is asked to. */
  private record Fetch(URL location, ResourceRetriever web)
      implements JWKSetSource<SecurityContext> {

    Fetch(URL location) {
      this(location, new DefaultResourceRetriever(CONNECT_MS, READ_MS, MAX_BYTES));
    }

    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
        throws KeySourceException {
      try {
        return PublicKeyText.parse(web.retrieveResource(location).getContent());
      } catch (IOException e) {
        warn(e);
        throw new JWKSetRetrievalException("Not reachable", e);
      } catch (ParseException e) {
        warn(e);
        throw new JWKSetParseException("Not keys", e);
      }
    }

    private static void warn(Exception reason) {
      LOG.log(
          Level.WARNING,
          "The public keys of tokens could not be fetched: {0}. Those fetched before, if any, are"
              + " used for {1} hours",
          reason.toString(),
          OUTAGE.toHours());
    }

    @Override
    public void close() {
      // Each fetch has a connection of its own.
    }
  }
}
