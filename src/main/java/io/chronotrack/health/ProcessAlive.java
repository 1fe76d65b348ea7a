package io.chronotrack.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/**
 * The process answers. It says nothing of the database on purpose: a restart does not mend a full
 * disk. It also is the sign that the start is over, because nothing answers before.
 */
@ApplicationScoped
@Liveness
@Startup
public class ProcessAlive implements HealthCheck {

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.up("process");
  }
}
