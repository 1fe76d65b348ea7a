package io.chronotrack.job;

import io.chronotrack.access.Role;
import io.chronotrack.http.Callers;
import io.chronotrack.http.Ids;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.stats.StatsRequests;
import io.chronotrack.stats.StatsService;
import io.chronotrack.stats.StatsView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** {@code /jobs/{id}/stats}: the runs of one job, by hours or days. */
@Singleton
@Path("jobs/{id}/stats")
@Produces(MediaType.APPLICATION_JSON)
public class JobStatsResource {

  private final JobService jobs;
  private final StatsService statistics;

  @Inject
  public JobStatsResource(JobService jobs, StatsService statistics) {
    this.jobs = jobs;
    this.statistics = statistics;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public JobStatsResource() {
    this(null, null);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  public StatsView get(
      @PathParam("id") String id, @Context SecurityContext security, @Context UriInfo uri) {
    var caller = Callers.of(security);
    long jobId = Ids.parse(id);
    var query = StatsRequests.query(new QueryParameters(uri, caller));
    // Whatever the statistics tell, a job that the caller does not see has none.
    var job = jobs.get(caller, jobId);
    return StatsView.of(statistics.ofJob(job.id(), query));
  }
}
