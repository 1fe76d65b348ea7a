package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays the examples of the API's description, which are one conversation with a fresh
 * installation: blocks of {@code http}, by turns a request and its answer. Times, cursors, keys and
 * hashes are compared by their form only; a cursor that a request needs is the last one that was
 * answered.
 */
@OnEveryServer
class ApiSpecIT {

  private static final Path DOCUMENT = Path.of("docs", "api-spec.md");

  /** How the document writes the address of the service, and a cursor. */
  private static final String ADDRESS = "http://localhost:3000/";

  private static final String CURSOR = "…";

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```http\\n(.*?)^```$");
  private static final Pattern TIME =
      Pattern.compile("\"\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z\"");
  private static final Pattern KEY =
      Pattern.compile("\"key\":\"ct_(?:\\.\\.\\.|[0-9A-Za-z]{10}_[0-9A-Za-z]{36})\"");
  private static final Pattern HASH = Pattern.compile("\"hash\":\"[0-9a-f]{64}\"");
  private static final Pattern NEXT_CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");
  private static final Pattern ANY_CURSOR = Pattern.compile("\"(next|prev)Cursor\":\"[^\"]+\"");
  private static final Pattern QUERY = Pattern.compile("(?<=\\?)[^>]*");
  private static final Pattern CURSOR_IN_LINK = Pattern.compile("cursor=[A-Za-z0-9_-]+");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void theExamplesAreWhatTheServiceAnswers(@TempDir Path folder) throws Exception {
    List<Message> conversation = conversation();
    assertThat(conversation).hasSizeGreaterThan(20);

    try (var service = ChronoTrackProcess.in(folder).start()) {
      String cursor = "";
      for (int turn = 0; turn < conversation.size(); turn += 2) {
        Message request = conversation.get(turn);
        Message expected = conversation.get(turn + 1);
        HttpResponse<String> answer = send(service, request, cursor);
        assertThat("HTTP/1.1 " + answer.statusCode())
            .as("status of %s: %s", request.start(), answer.body())
            .isEqualTo(expected.start());
        expected
            .headers()
            .forEach(
                (name, value) ->
                    assertThat(header(answer, name, service.address().toString()))
                        .as("%s of %s", name, request.start())
                        .isEqualTo(inOrder(name, value)));
        assertThat(comparable(answer.body()))
            .as("body of %s", request.start())
            .isEqualTo(comparable(expected.body()));
        Matcher next = NEXT_CURSOR.matcher(answer.body());
        cursor = next.find() ? next.group(1) : cursor;
      }
    }
  }

  private static HttpResponse<String> send(
      ChronoTrackProcess service, Message request, String cursor)
      throws IOException, InterruptedException {
    String[] start = request.start().split(" ", 2);
    var http =
        HttpRequest.newBuilder(service.address().resolve(start[1].replace(CURSOR, cursor)))
            .timeout(Duration.ofSeconds(20))
            .method(
                start[0],
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach(http::header);
    return CLIENT.send(http.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name, String address) {
    String root = address.endsWith("/") ? address : address + "/";
    String value = answer.headers().firstValue(name).orElse("").replace(root, ADDRESS);
    return inOrder(name, CURSOR_IN_LINK.matcher(value).replaceAll("cursor=" + CURSOR));
  }

  /** The methods of a path may come in any order, and so may the parameters of a link. */
  private static String inOrder(String name, String value) {
    return switch (name) {
      case "Allow" -> sorted(value.replace(" ", ""), ",");
      case "Link" -> QUERY.matcher(value).replaceAll(query -> sorted(query.group(), "&"));
      default -> value;
    };
  }

  private static String sorted(String list, String separator) {
    return String.join(separator, new TreeSet<>(List.of(list.split(separator, -1))));
  }

  /** The body with one form of white space, and without what differs with every installation. */
  private static String comparable(String body) {
    if (body.isBlank()) {
      return "";
    }
    try (var reader = Json.createReader(new StringReader(body))) {
      String compact = reader.readObject().toString();
      String timeless = TIME.matcher(compact).replaceAll("\"a time\"");
      String keyless = KEY.matcher(timeless).replaceAll("\"key\":\"a key\"");
      String hashless = HASH.matcher(keyless).replaceAll("\"hash\":\"a hash\"");
      return ANY_CURSOR.matcher(hashless).replaceAll("\"$1Cursor\":\"a cursor\"");
    }
  }

  private static List<Message> conversation() throws IOException {
    List<Message> messages =
        BLOCK
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(block -> Message.parse(block.group(1)))
            .toList();
    assertThat(messages.size() % 2).as("every request has an answer").isZero();
    return messages;
  }

  /** A request or an answer, as HTTP writes it. */
  private record Message(String start, Map<String, String> headers, String body) {

    static Message parse(String text) {
      String[] parts = text.split("\n\n", 2);
      List<String> head = parts[0].lines().toList();
      Map<String, String> headers = new LinkedHashMap<>();
      for (String line : head.subList(1, head.size())) {
        String[] header = line.split(": ", 2);
        headers.put(header[0], header[1]);
      }
      return new Message(head.get(0), headers, parts.length == 2 ? parts[1].strip() : "");
    }
  }
}
