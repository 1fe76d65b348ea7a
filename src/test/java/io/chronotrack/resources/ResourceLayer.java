package io.chronotrack.resources;

import io.chronotrack.ChronoTrackApi;
import io.chronotrack.IndexResource;
import io.chronotrack.access.Caller;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditLog;
import io.chronotrack.audit.AuditService;
import io.chronotrack.audit.store.InMemoryAuditRepository;
import io.chronotrack.authentication.Refusals;
import io.chronotrack.authentication.RefusedAttempts;
import io.chronotrack.authentication.RequestRates;
import io.chronotrack.authentication.RoleRules;
import io.chronotrack.authentication.WhoamiResource;
import io.chronotrack.config.AccessSettings;
import io.chronotrack.config.AppConfig;
import io.chronotrack.config.AppEnv;
import io.chronotrack.config.DatabaseSettings;
import io.chronotrack.config.JwtSettings;
import io.chronotrack.config.Limits;
import io.chronotrack.config.Secret;
import io.chronotrack.config.StorageKind;
import io.chronotrack.config.WebSettings;
import io.chronotrack.http.BodyRequired;
import io.chronotrack.http.Downloads;
import io.chronotrack.http.JsonBodyReader;
import io.chronotrack.http.JsonbForm;
import io.chronotrack.http.ServletAnswer;
import io.chronotrack.idempotency.IdempotencyService;
import io.chronotrack.idempotency.store.InMemoryIdempotencyRepository;
import io.chronotrack.job.JobService;
import io.chronotrack.job.JobStatsResource;
import io.chronotrack.job.JobsResource;
import io.chronotrack.job.store.InMemoryJobRepository;
import io.chronotrack.key.KeyHash;
import io.chronotrack.key.KeyRing;
import io.chronotrack.key.KeyService;
import io.chronotrack.key.KeysResource;
import io.chronotrack.key.store.InMemoryKeyRepository;
import io.chronotrack.problem.ExceptionToProblem;
import io.chronotrack.problem.ProblemsResource;
import io.chronotrack.project.ProjectRing;
import io.chronotrack.project.ProjectService;
import io.chronotrack.project.ProjectsResource;
import io.chronotrack.project.store.InMemoryProjectRepository;
import io.chronotrack.run.BatchService;
import io.chronotrack.run.BatchesResource;
import io.chronotrack.run.JobRunsResource;
import io.chronotrack.run.RunService;
import io.chronotrack.run.RunSignal;
import io.chronotrack.run.RunSummaryService;
import io.chronotrack.run.RunsResource;
import io.chronotrack.run.export.JobRunExportsResource;
import io.chronotrack.run.export.RunExportService;
import io.chronotrack.run.export.RunExportsResource;
import io.chronotrack.run.store.InMemoryJobRunRepository;
import io.chronotrack.stats.JobSummaries;
import io.chronotrack.stats.StatsResource;
import io.chronotrack.stats.StatsService;
import io.chronotrack.stats.store.InMemoryStatisticsRepository;
import io.chronotrack.storage.MemoryTransactions;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.GenericType;
import java.io.IOException;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.glassfish.hk2.api.ActiveDescriptor;
import org.glassfish.hk2.api.Context;
import org.glassfish.hk2.api.ServiceHandle;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.test.JerseyTest;
import org.glassfish.jersey.test.TestProperties;
import org.jspecify.annotations.Nullable;

/**
 * The resources with everything around them that reads requests and forms answers, on stores in
 * memory: started without a container, before each test anew.
 */
abstract class ResourceLayer extends JerseyTest {

  /** The only time that the server knows. */
  static final Instant NOW = Instant.parse("2026-01-31T09:30:00Z");

  static final String NOW_TEXT = "2026-01-31T09:30:00.000Z";

  /** Small enough to be exceeded by a line of text. */
  static final Limits LIMITS =
      new Limits(10, 20, 5, 8, 100, 50, 2_000, 4_000, 5, 2, 3, 2, Duration.ofMillis(100), 1);

  /** Held, because a logger whose level was set may otherwise be collected and forget it. */
  private static final List<Logger> TALKATIVE =
      Stream.of(
              "org.glassfish.jersey",
              "org.glassfish.grizzly",
              ProjectService.class.getName(),
              KeyService.class.getName(),
              JobService.class.getName(),
              RunService.class.getName(),
              BatchService.class.getName())
          .map(Logger::getLogger)
          .toList();

  static {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Does not offer HTTP/2: the server would take the offer for the whole request. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** May do everything, in the project that every installation has. */
  static final Caller SYSTEM = SampleCallers.system();

  /** Made in {@link #configure}, which runs before fields get what is written beside them. */
  @SuppressWarnings("NullAway.Init")
  private CallerOfTest callers;

  /** How commands and queries are run. Called once, before the fields of a subclass are there. */
  Transactions transactions() {
    return new MemoryTransactions();
  }

  @Override
  protected ResourceConfig configure() {
    forceSet(TestProperties.CONTAINER_PORT, "0");
    callers = new CallerOfTest();
    actAs(SYSTEM);
    var config =
        new AppConfig(
            3000,
            "127.0.0.1",
            AppEnv.DEVELOPMENT,
            StorageKind.MEMORY,
            Path.of("unused.db"),
            new DatabaseSettings(null, null, null, null, 1),
            Level.INFO,
            AccessSettings.OPEN,
            JwtSettings.OFF,
            new WebSettings(Set.of(), List.of(), 15_000),
            LIMITS);
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    var jobs = new InMemoryJobRepository();
    var runs = new InMemoryJobRunRepository(jobs);
    jobs.findRunsBy(runs::lastOf);
    var audit = new InMemoryAuditRepository();
    var transactions = transactions();
    var auditLog = new AuditLog(audit);
    var refusals =
        new RefusedAttempts(new Refusals(new AuditService(audit, transactions), clock, config));
    var projectService =
        new ProjectService(
            new InMemoryProjectRepository(NOW), new ProjectRing(), auditLog, transactions, clock);
    var jobService = new JobService(jobs, auditLog, transactions, clock);
    var keyService =
        new KeyService(
            new InMemoryKeyRepository(),
            jobs,
            new KeyRing(),
            new KeyHash(new Secret("0123456789abcdef0123456789abcdef")),
            auditLog,
            transactions,
            clock);
    var statistics = new InMemoryStatisticsRepository();
    var signal = new RunSignal();
    var runService = new RunService(runs, jobs, statistics, transactions, clock, signal, config);
    var summaries = new RunSummaryService(runs, statistics, transactions, clock);
    var statsService = new StatsService(statistics, transactions, clock);
    var idempotency =
        new IdempotencyService(new InMemoryIdempotencyRepository(), transactions, clock);
    var batchService =
        new BatchService(runs, jobs, statistics, transactions, clock, signal, config);
    var exportService = new RunExportService(runs, jobs, statistics, transactions, clock);
    var downloads = new Downloads(LIMITS.exports());
    return new ResourceConfig(
            IndexResource.class,
            ProblemsResource.class,
            WhoamiResource.class,
            ProjectsResource.class,
            KeysResource.class,
            JobsResource.class,
            JobStatsResource.class,
            StatsResource.class,
            JobRunsResource.class,
            RunsResource.class,
            BatchesResource.class,
            RunExportsResource.class,
            JobRunExportsResource.class,
            BodyRequired.class,
            JsonBodyReader.class,
            JsonbForm.class,
            ExceptionToProblem.class)
        .register(callers)
        .register(refusals)
        .register(new RoleRules(new RequestRates(config)))
        .addProperties(new ChronoTrackApi().getProperties())
        .register(
            new AbstractBinder() {
              @Override
              protected void configure() {
                bind(new DependentObjects()).to(new GenericType<Context<Dependent>>() {});
                bind(config).to(AppConfig.class);
                bind(projectService).to(ProjectService.class);
                bind(keyService).to(KeyService.class);
                bind(jobService).to(JobService.class);
                bind(runService).to(RunService.class);
                bind(summaries).to(JobSummaries.class);
                bind(statsService).to(StatsService.class);
                bind(idempotency).to(IdempotencyService.class);
                bind(batchService).to(BatchService.class);
                bind(exportService).to(RunExportService.class);
                bind(downloads).to(Downloads.class);
                bind(new ServletAnswer().request("GET")).to(HttpServletRequest.class);
                bind(new ServletAnswer().response()).to(HttpServletResponse.class);
              }
            });
  }

  Answer get(String path, String... headers) throws IOException, InterruptedException {
    return send(request(path, headers).GET());
  }

  Answer post(String path, String json) throws IOException, InterruptedException {
    return send("POST", path, json, "Content-Type", "application/json");
  }

  Answer patch(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(path, headers)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  /** Who makes the requests from now on; at first it is somebody who may do everything. */
  void actAs(@Nullable Caller caller) {
    callers.set(caller);
  }

  Answer getAs(@Nullable Caller caller, String path) throws IOException, InterruptedException {
    return as(caller, () -> get(path));
  }

  Answer postAs(@Nullable Caller caller, String path, String json)
      throws IOException, InterruptedException {
    return as(caller, () -> post(path, json));
  }

  Answer patchAs(@Nullable Caller caller, String path, String json)
      throws IOException, InterruptedException {
    return as(caller, () -> patch(path, json));
  }

  private Answer as(@Nullable Caller caller, Exchange exchange)
      throws IOException, InterruptedException {
    actAs(caller);
    try {
      return exchange.make();
    } finally {
      actAs(SYSTEM);
    }
  }

  private interface Exchange {
    Answer make() throws IOException, InterruptedException;
  }

  Answer send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).method(method, BodyPublishers.ofString(body)));
  }

  Answer sendWithoutBody(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).method(method, BodyPublishers.noBody()));
  }

  /** Creates a job and gives its id. */
  long createJob(String json) throws IOException, InterruptedException {
    return post("jobs", json).json().getJsonNumber("id").longValueExact();
  }

  /** Creates a run and gives its id. */
  long createRun(long jobId, String json) throws IOException, InterruptedException {
    return post("jobs/" + jobId + "/runs", json).json().getJsonNumber("id").longValueExact();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    URI root = getBaseUri();
    var request =
        HttpRequest.newBuilder(root.resolve(path.isEmpty() ? "/" : path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
  }

  /** What CDI does in the container: an object of its own for everyone who needs one. */
  @Singleton
  private static final class DependentObjects implements Context<Dependent> {

    @Override
    public Class<? extends Annotation> getScope() {
      return Dependent.class;
    }

    @Override
    public <U> U findOrCreate(ActiveDescriptor<U> descriptor, ServiceHandle<?> root) {
      return descriptor.create(root);
    }

    @Override
    public boolean containsKey(ActiveDescriptor<?> descriptor) {
      return false;
    }

    @Override
    public void destroyOne(ActiveDescriptor<?> descriptor) {
      // Nothing is kept.
    }

    @Override
    public boolean supportsNullCreation() {
      return false;
    }

    @Override
    public boolean isActive() {
      return true;
    }

    @Override
    public void shutdown() {
      // Nothing is kept.
    }
  }

  /** What came back. */
  record Answer(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    /** The only header of this name; empty if there is none. */
    String header(String name) {
      var values = response.headers().allValues(name);
      return values.isEmpty() ? "" : String.join("|", values);
    }

    JsonObject json() {
      try (var reader = Json.createReader(new StringReader(body()))) {
        return reader.readObject();
      }
    }
  }
}
