package io.chronotrack.health;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * {@code /health}, in the wire format of MicroProfile Health 4.0, below the application's own
 * address.
 *
 * <p>Servers answer it themselves, but not at the same place: WildFly on its management port, the
 * others at their root, and so not below the context path of an application. Where a server's own
 * answer is at this very path, it hides this resource and says the same.
 */
@Singleton
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class HealthResource {

  private static final JsonProvider JSON = JsonProvider.provider();

  private final Instance<HealthCheck> checks;

  @Inject
  public HealthResource(@Any Instance<HealthCheck> checks) {
    this.checks = checks;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public HealthResource() {
    this(null);
  }

  @GET
  public Response all() {
    return answer(Stream.of(started(), live(), ready()).flatMap(Instance::stream));
  }

  @GET
  @Path("live")
  public Response liveness() {
    return answer(live().stream());
  }

  @GET
  @Path("ready")
  public Response readiness() {
    return answer(ready().stream());
  }

  @GET
  @Path("started")
  public Response startup() {
    return answer(started().stream());
  }

  private Instance<HealthCheck> live() {
    return checks.select(Liveness.Literal.INSTANCE);
  }

  private Instance<HealthCheck> ready() {
    return checks.select(Readiness.Literal.INSTANCE);
  }

  private Instance<HealthCheck> started() {
    return checks.select(Startup.Literal.INSTANCE);
  }

  /** 200 if all of them are up, else 503. */
  private static Response answer(Stream<HealthCheck> asked) {
    List<HealthCheckResponse> results = asked.map(HealthCheck::call).toList();
    boolean up =
        results.stream().allMatch(result -> result.getStatus() == HealthCheckResponse.Status.UP);
    var array = JSON.createArrayBuilder();
    results.forEach(result -> array.add(json(result)));
    String body =
        JSON.createObjectBuilder()
            .add("status", up ? "UP" : "DOWN")
            .add("checks", array)
            .build()
            .toString();
    return Response.status(up ? Status.OK : Status.SERVICE_UNAVAILABLE).entity(body).build();
  }

  private static JsonObjectBuilder json(HealthCheckResponse result) {
    var json =
        JSON.createObjectBuilder()
            .add("name", result.getName())
            .add("status", result.getStatus().name());
    result
        .getData()
        .filter(data -> !data.isEmpty())
        .ifPresent(data -> json.add("data", data(data)));
    return json;
  }

  /** Texts, whole numbers and booleans: there is nothing else in a check's data. */
  private static JsonObjectBuilder data(Map<String, Object> data) {
    return JSON.createObjectBuilder(data);
  }
}
