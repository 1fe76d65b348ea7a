package io.chronotrack.health;

import io.chronotrack.problem.DomainException;
import io.chronotrack.storage.WriteProbe;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.NullUnmarked;

/** Requests that change something succeed: the storage was written just now. */
@ApplicationScoped
@Readiness
@NullUnmarked // CDI fills the fields.
public class StorageWritable implements HealthCheck {

  /** Asked more often than this, it answers what it found, so that asking costs no disk. */
  private static final Duration KEPT = Duration.ofSeconds(1);

  private static final String NAME = "storage";
  private static final System.Logger LOG = System.getLogger(StorageWritable.class.getName());

  @Inject private WriteProbe probe;
  @Inject private Clock clock;

  private Instant foundAt = Instant.MIN;
  private HealthCheckResponse found = HealthCheckResponse.down(NAME);

  @Override
  public synchronized HealthCheckResponse call() {
    if (foundAt.isBefore(clock.instant().minus(KEPT))) {
      found = find();
      foundAt = clock.instant();
    }
    return found;
  }

  private HealthCheckResponse find() {
    try {
      probe.write();
      return HealthCheckResponse.up(NAME);
    } catch (DomainException e) {
      LOG.log(Level.WARNING, "Not ready: {0}", e.detail());
      return down(e.detail());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Not ready, because of a defect", e);
      return down("The storage could not be tried.");
    }
  }

  private static HealthCheckResponse down(String reason) {
    return HealthCheckResponse.named(NAME).down().withData("reason", reason).build();
  }
}
