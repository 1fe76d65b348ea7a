package io.chronotrack.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.chronotrack.access.Caller;
import io.chronotrack.access.RateLimited;
import io.chronotrack.config.AccessSettings;
import io.chronotrack.config.AppConfig;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How much each credential has asked for lately: two token buckets that are full at the beginning
 * and refill evenly within a minute. Each instance counts for itself. Safe for use by many threads.
 */
public final class RequestRates {

  /** Property of a request: what its answer says in the field {@code RateLimit}. */
  static final String LEFT = "io.chronotrack.rateLimit";

  private static final int MOST_ACTORS = 10_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final int requestsPerMinute;
  private final int reportsPerMinute;
  private final TimeMeter time;
  private final Cache<String, Bucket> requests = buckets();
  private final Cache<String, Bucket> reports = buckets();

  public RequestRates(AppConfig config) {
    this(config.access(), TimeMeter.SYSTEM_NANOTIME);
  }

  RequestRates(AccessSettings settings, TimeMeter time) {
    this.requestsPerMinute = settings.requestsPerMinute();
    this.reportsPerMinute = settings.reportsPerMinute();
    this.time = time;
  }

  /** The policies of this installation (see {@link RateLimitFields}); empty if there are none. */
  String policies() {
    String all = policy("requests", requestsPerMinute);
    String some = policy("reports", reportsPerMinute);
    return all.isEmpty() || some.isEmpty() ? all + some : all + ", " + some;
  }

  /**
   * Counts any request.
   *
   * @throws RateLimited if it is one too many
   */
  void countRequest(String actor, ContainerRequestContext request) {
    count("requests", requests, requestsPerMinute, actor, request);
  }

  /**
   * Counts a request that creates or changes runs.
   *
   * @throws RateLimited if it is one too many
   */
  void countReport(String actor, ContainerRequestContext request) {
    count("reports", reports, reportsPerMinute, actor, request);
  }

  private void count(
      String policy,
      Cache<String, Bucket> buckets,
      int perMinute,
      String actor,
      ContainerRequestContext request) {
    if (perMinute == 0 || actor.equals(Caller.ANONYMOUS)) {
      return;
    }
    Bucket bucket = buckets.get(actor, any -> bucket(perMinute));
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    int wait = seconds(probe.getNanosToWaitForRefill());
    String left =
        "\"%s\";r=%d;t=%d"
            .formatted(policy, probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset()));
    Object before = request.getProperty(LEFT);
    request.setProperty(LEFT, before == null ? left : before + ", " + left);
    if (!probe.isConsumed()) {
      throw new RateLimited(
          "The credential may make " + perMinute + " " + policy + " in a minute.", wait);
    }
  }

  private Bucket bucket(int perMinute) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
        .withCustomTimePrecision(time)
        .build();
  }

  private static String policy(String name, int perMinute) {
    return perMinute == 0 ? "" : "\"%s\";q=%d;w=%d".formatted(name, perMinute, MINUTE.toSeconds());
  }

  private static int seconds(long nanos) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
  }

  private static Cache<String, Bucket> buckets() {
    // A credential that was silent for a minute has full buckets, so nothing is forgotten.
    return Caffeine.newBuilder()
        .maximumSize(MOST_ACTORS)
        .expireAfterAccess(MINUTE)
        .executor(Runnable::run)
        .build();
  }
}
