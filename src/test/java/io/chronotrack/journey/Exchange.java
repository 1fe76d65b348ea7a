package io.chronotrack.journey;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request and what was answered.
 *
 * @param method of the request
 * @param uri of the request
 * @param requestHeaders of the request, those that the client set itself
 * @param requestBody as text, empty if it had none
 * @param status of the answer
 * @param headers of the answer
 * @param body of the answer
 */
record Exchange(
    String method,
    URI uri,
    Map<String, String> requestHeaders,
    String requestBody,
    int status,
    HttpHeaders headers,
    String body) {

  /** Kept, because each call of {@link Json} looks for an implementation anew. */
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  JsonObject json() {
    try (var reader = READERS.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  long id() {
    return json().getJsonNumber("id").longValue();
  }

  /** The things on this page of a collection. */
  List<JsonObject> items() {
    return json().getJsonArray("items").getValuesAs(JsonObject.class);
  }

  /** A header of the answer; empty text if it has none. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  String contentType() {
    return header("Content-Type");
  }

  /** Where the header Link leads to as the next page. */
  Optional<String> nextLink() {
    return headers
        .firstValue("Link")
        .filter(link -> link.endsWith(">; rel=\"next\""))
        .map(link -> link.substring(1, link.indexOf('>')));
  }

  @Override
  public String toString() {
    return method + " " + uri + " -> " + status + " " + headers.map() + "\n" + body;
  }
}
