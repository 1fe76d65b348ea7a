package io.chronotrack.journey;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.Response;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds exchanges to the API document that the service itself shows: what succeeds must be
 * described there, request and answer alike, and what is refused must be refused as described.
 */
final class OpenApiConformance implements Consumer<Exchange> {

  /** HEAD and OPTIONS answer wherever GET does, which the document says once for all paths. */
  private static final Set<String> DESCRIBED = Set.of("GET", "POST", "PATCH", "DELETE");

  private static final String DOCUMENT = "/openapi";

  private final OpenApiInteractionValidator validator;

  private OpenApiConformance(String document) {
    this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(document).build();
  }

  /** Conformance with the document that this service shows. */
  static OpenApiConformance with(ApiClient service) {
    String shown = service.get(DOCUMENT).body();
    // Payara Server adds a member of its own, which no OpenAPI document may have.
    return new OpenApiConformance(shown.replaceFirst("(?m)^endpoints:\\R(?:[ -].*\\R)+", ""));
  }

  @Override
  public void accept(Exchange exchange) {
    // The document does not describe itself.
    if (!DESCRIBED.contains(exchange.method()) || exchange.uri().getPath().endsWith(DOCUMENT)) {
      return;
    }
    boolean refused = exchange.status() >= 400;
    List<String> differences =
        validator.validate(request(exchange), response(exchange)).getMessages().stream()
            .filter(message -> message.getLevel() == Level.ERROR)
            // A request that is refused need not be one that the document allows.
            .filter(message -> !refused || isAboutTheAnswer(message))
            .map(message -> message.getKey() + ": " + message.getMessage())
            .toList();
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "not as the API document says: " + String.join("\n", differences) + "\n" + exchange);
    }
  }

  private static boolean isAboutTheAnswer(Message message) {
    return message.getKey().startsWith("validation.response");
  }

  private static Request request(Exchange exchange) {
    var request = new SimpleRequest.Builder(exchange.method(), exchange.uri().getRawPath());
    exchange.requestHeaders().forEach(request::withHeader);
    if (!exchange.requestBody().isEmpty()) {
      request.withBody(exchange.requestBody());
    }
    for (String pair :
        Optional.ofNullable(exchange.uri().getRawQuery()).orElse("").split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        request.withQueryParam(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
      }
    }
    return request.build();
  }

  private static Response response(Exchange exchange) {
    var response = SimpleResponse.Builder.status(exchange.status());
    exchange.headers().map().forEach(response::withHeader);
    if (!exchange.body().isEmpty()) {
      response.withBody(exchange.body());
    }
    return response.build();
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
