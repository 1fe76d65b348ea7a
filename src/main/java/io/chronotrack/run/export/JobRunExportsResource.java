package io.chronotrack.run.export;

import io.chronotrack.access.Role;
import io.chronotrack.http.Callers;
import io.chronotrack.http.DownloadRequest;
import io.chronotrack.http.Downloads;
import io.chronotrack.http.Ids;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.run.query.RunSearches;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;

/** {@code /jobs/{id}/runs/export}: the runs of one job, all at once. */
@Singleton
@Path("jobs/{id}/runs/export")
@Produces({RunExport.NDJSON, RunExport.CSV})
public class JobRunExportsResource {

  private final RunExportService exports;
  private final Downloads downloads;

  @Inject
  public JobRunExportsResource(RunExportService exports, Downloads downloads) {
    this.exports = exports;
    this.downloads = downloads;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public JobRunExportsResource() {
    this(null, null);
  }

  @GET
  @RolesAllowed(Role.Name.VIEWER)
  public void export(
      @PathParam("id") String id,
      @Context SecurityContext security,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context HttpServletRequest arrived,
      @Context HttpServletResponse answer,
      @Suspended AsyncResponse client) {
    var caller = Callers.of(security);
    long jobId = Ids.parse(id);
    var query = new QueryParameters(uri, caller);
    var search = RunSearches.ofJob(query, jobId);
    query.verify();
    var download = new DownloadRequest(headers, arrived, answer);
    downloads.send(exports.ofJob(caller, jobId, search).forms(), download, client);
  }
}
