package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Speaks the API of one ChronoTrack, in verbs. The verbs that name a use case assert that it
 * succeeded; {@link #send} and the verbs of HTTP take every answer as it is. Safe for use by many
 * threads.
 */
final class ApiClient {

  static final String JSON = "application/json";
  static final String MERGE_PATCH = "application/merge-patch+json";

  /** One for all, so that the tests do not leave a selector thread for each client behind. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private static final byte[] NO_BODY = {};

  private static final AtomicInteger PROJECTS = new AtomicInteger();

  private final URI address;
  private final Map<String, String> always;
  private final List<Consumer<Exchange>> listeners = new CopyOnWriteArrayList<>();

  ApiClient(URI address) {
    this(address, Map.of());
  }

  /**
   * @param always headers of every request
   */
  private ApiClient(URI address, Map<String, String> always) {
    this.address = address;
    this.always = always;
  }

  /** Shows every exchange from now on to this listener, which may throw. */
  ApiClient listenedToBy(Consumer<Exchange> listener) {
    listeners.add(listener);
    return this;
  }

  /** One like this that shows a credential with every request. */
  ApiClient withKey(String credential) {
    return always("Authorization", "Bearer " + credential);
  }

  /** One like this that says which project it means with every request. */
  ApiClient inProject(String project) {
    return always("ChronoTrack-Project", project);
  }

  /** One like this that a proxy seems to have passed on from this address. */
  ApiClient from(String clientAddress) {
    return always("X-Forwarded-For", clientAddress);
  }

  private ApiClient always(String header, String value) {
    Map<String, String> headers = new TreeMap<>(always);
    headers.put(header, value);
    var client = new ApiClient(address, headers);
    client.listeners.addAll(listeners);
    return client;
  }

  URI address() {
    return address;
  }

  // The verbs of ChronoTrack

  long createJob(String name) {
    return createJob(object().add("name", name));
  }

  long createJob(JsonObjectBuilder job) {
    return created(post("/jobs", job.build())).id();
  }

  /** One like this in a project of its own, where no other test changes anything. */
  ApiClient inNewProject() {
    return inProject(createProject());
  }

  /** Creates a project and returns its key, which no other has. */
  String createProject() {
    return createProject("p" + PROJECTS.incrementAndGet());
  }

  /** Creates a project and returns its key. */
  String createProject(String key) {
    JsonObject project = object().add("key", key).add("name", "Project " + key).build();
    return created(post("/projects", project)).json().getString("key");
  }

  /** A new key, in the form in which its owner shows it. */
  String issueKey(String role) {
    return issueKey(object().add("name", role).add("role", role)).getString("key");
  }

  /** A new key, as the one who asks for it is told. */
  JsonObject issueKey(JsonObjectBuilder key) {
    return created(post("/keys", key.build())).json();
  }

  long archive(long job) {
    return ok(patch("/jobs/" + job, object().add("archived", true).build())).id();
  }

  /** A new run that is PENDING. */
  long announceRun(long job) {
    return createRun(job, object());
  }

  /** A new run that is RUNNING. */
  long startRun(long job) {
    return createRun(job, object().add("status", "RUNNING"));
  }

  long createRun(long job, JsonObjectBuilder run) {
    return created(post("/jobs/" + job + "/runs", run.build())).id();
  }

  /** The run that the first request with this {@code Idempotency-Key} creates. */
  Exchange createRunOnce(long job, String key, JsonObjectBuilder run) {
    return created(postOnce("/jobs/" + job + "/runs", key, run.build().toString()));
  }

  JsonObject start(long run) {
    return moveTo(run, "RUNNING");
  }

  JsonObject succeed(long run) {
    return moveTo(run, "SUCCESS");
  }

  JsonObject cancel(long run) {
    return moveTo(run, "CANCELLED");
  }

  JsonObject fail(long run, String message) {
    return change(run, object().add("status", "FAILED").add("errorMessage", message));
  }

  JsonObject change(long run, JsonObjectBuilder patch) {
    return ok(patch("/runs/" + run, patch.build())).json();
  }

  JsonObject job(long id) {
    return ok(get("/jobs/" + id)).json();
  }

  JsonObject run(long id) {
    return ok(get("/runs/" + id)).json();
  }

  List<JsonObject> events(long run) {
    return all("/runs/" + run + "/events");
  }

  /** One page of a collection; the path may have filters. */
  Exchange page(String path, int limit, Optional<String> cursor) {
    String query = "limit=" + limit + cursor.map(c -> "&cursor=" + encode(c)).orElse("");
    return ok(get(path + (path.contains("?") ? "&" : "?") + query));
  }

  /** Everything in a collection, page by page. */
  List<JsonObject> all(String path) {
    List<JsonObject> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Exchange page = page(path, 500, cursor);
      all.addAll(page.items());
      cursor = cursorIn(page);
    } while (cursor.isPresent());
    return all;
  }

  /**
   * All jobs and all runs: what must be the same before and after a request that is refused. Asked
   * for so often that no listener is shown it.
   */
  List<JsonObject> everything() {
    var unobserved = new ApiClient(address, always);
    List<JsonObject> everything = new ArrayList<>(unobserved.all("/jobs"));
    everything.addAll(unobserved.all("/runs"));
    return everything;
  }

  static Optional<String> cursorIn(Exchange page) {
    return page.json().isNull("nextCursor")
        ? Optional.empty()
        : Optional.of(page.json().getString("nextCursor"));
  }

  // The verbs of HTTP

  Exchange get(String path) {
    return send("GET", path, Map.of(), NO_BODY);
  }

  Exchange get(String path, String header, String value) {
    return send("GET", path, Map.of(header, value), NO_BODY);
  }

  Exchange post(String path, JsonObject body) {
    return post(path, body.toString());
  }

  Exchange post(String path, String body) {
    return send("POST", path, Map.of("Content-Type", JSON), bytes(body));
  }

  /** A POST that is done once, however often it is sent with this key. */
  Exchange postOnce(String path, String key, String body) {
    return send("POST", path, Map.of("Content-Type", JSON, "Idempotency-Key", key), bytes(body));
  }

  Exchange patch(String path, JsonObject body) {
    return patch(path, body.toString());
  }

  Exchange patch(String path, String body) {
    return send("PATCH", path, Map.of("Content-Type", MERGE_PATCH), bytes(body));
  }

  Exchange delete(String path) {
    return send("DELETE", path);
  }

  /** A PATCH for those who have seen this version. */
  Exchange patchIfMatch(String path, String ifMatch, JsonObject body) {
    return send(
        "PATCH",
        path,
        Map.of("Content-Type", MERGE_PATCH, "If-Match", ifMatch),
        bytes(body.toString()));
  }

  /**
   * Follows runs.
   *
   * @param query of the stream, with its question mark, or nothing
   */
  FollowedRuns follow(String query) throws Exception {
    return follow(query, "");
  }

  /** The same from the event with this id on; from now on, if it is empty. */
  FollowedRuns follow(String query, String lastEventId) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address + "/runs/stream" + query))
            .header("Accept", "text/event-stream");
    always.forEach(request::header);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    return new FollowedRuns(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
  }

  Exchange send(String method, String path) {
    return send(method, path, Map.of(), NO_BODY);
  }

  /**
   * Any request.
   *
   * @param path with the query, as it goes over the wire
   * @param special headers of this request only
   */
  Exchange send(String method, String path, Map<String, String> special, byte[] body) {
    URI uri = URI.create(address + path);
    Map<String, String> headers = new TreeMap<>(always);
    headers.putAll(special);
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<InputStream> answer;
    String told;
    try {
      answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
      told = bodyOf(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + method + " " + uri, e);
    }
    var exchange =
        new Exchange(
            method,
            uri,
            headers,
            new String(body, StandardCharsets.UTF_8),
            answer.statusCode(),
            answer.headers(),
            told);
    listeners.forEach(listener -> listener.accept(exchange));
    return exchange;
  }

  /** All of it; of a stream, which has no end, what it begins with. */
  private static String bodyOf(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      String type = answer.headers().firstValue("Content-Type").orElse("");
      if (!type.startsWith("text/event-stream")) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
      var begin = new StringBuilder();
      while (begin.indexOf("\n\n") < 0) {
        int next = body.read();
        if (next < 0) {
          break;
        }
        begin.append((char) next);
      }
      return begin.toString();
    }
  }

  static JsonObjectBuilder object() {
    return Json.createObjectBuilder();
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private JsonObject moveTo(long run, String status) {
    return change(run, object().add("status", status));
  }

  private static Exchange ok(Exchange exchange) {
    assertThat(exchange.status()).as(exchange::toString).isEqualTo(200);
    return exchange;
  }

  private static Exchange created(Exchange exchange) {
    assertThat(exchange.status()).as(exchange::toString).isEqualTo(201);
    return exchange;
  }
}
