package io.chronotrack.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** The start is over. A start that fails ends the process, so whoever answers has started. */
@ApplicationScoped
@Startup
public class StartFinished implements HealthCheck {

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.up("start");
  }
}
