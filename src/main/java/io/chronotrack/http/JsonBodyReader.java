package io.chronotrack.http;

import io.chronotrack.config.AppConfig;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads a request body as strictly as it can be: exactly one JSON object in UTF-8, no member twice,
 * nothing behind it, and never more bytes than allowed, whatever the headers say. How long it may
 * take to arrive is {@link BodyDeadline}'s concern, and how many large ones there are at a time is
 * that of {@link LargeBodies}.
 */
@Dependent
@Provider
@Consumes({MediaType.APPLICATION_JSON, JsonBody.MERGE_PATCH})
public class JsonBodyReader implements MessageBodyReader<JsonBody> {

  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  /**
   * Each value costs some fifty times the two bytes that it may have in the body. This many fit the
   * largest metadata, and bound what a few clients at once can make of the heap.
   */
  private static final int MAX_EVENTS = 100_000;

  /**
   * Of an operation of a batch, on average; most need a tenth of it. With as many as its bytes
   * could have, a few batches would fill the heap: unlike a text, they are there until the answer.
   */
  private static final int MAX_EVENTS_OF_OPERATION = 100;

  /** Far more than metadata needs, and far less than any parser's stack. */
  private static final int MAX_DEPTH = 100;

  private final int bodyBytes;
  private final int batchBytes;
  private final int batchEvents;

  @Inject
  public JsonBodyReader(AppConfig config) {
    this.bodyBytes = config.limits().bodyBytes();
    this.batchBytes = config.limits().batchBytes();
    this.batchEvents =
        Math.max(MAX_EVENTS, MAX_EVENTS_OF_OPERATION * config.limits().batchOperations());
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  public JsonBodyReader() {
    this.bodyBytes = 0;
    this.batchBytes = 0;
    this.batchEvents = 0;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == JsonBody.class;
  }

  @Override
  public JsonBody readFrom(
      Class<JsonBody> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream stream) {
    boolean batch = Arrays.stream(annotations).anyMatch(BatchBody.class::isInstance);
    int maxBytes = batch ? batchBytes : bodyBytes;
    try {
      byte[] bytes = stream.readNBytes(announced(headers, maxBytes) + 1);
      return body(bytes, maxBytes, batch ? batchEvents : MAX_EVENTS);
    } catch (IOException e) {
      // The client hung up or stopped sending: nothing of ours failed.
      throw new MalformedJson("The body did not arrive in full.");
    }
  }

  /** How many bytes should come: a smaller buffer will do for them. The server sends no more. */
  private static int announced(MultivaluedMap<String, String> headers, int unknown) {
    String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? unknown
        : Numbers.parse(length).map(bytes -> (int) Math.min(bytes, unknown)).orElse(unknown);
  }

  private static JsonBody body(byte[] bytes, int maxBytes, int maxEvents) {
    if (bytes.length > maxBytes) {
      throw new BodyTooLarge(maxBytes);
    }
    if (bytes.length == 0) {
      throw MalformedJson.noBody();
    }
    return new JsonBody(parse(decode(bytes), maxEvents));
  }

  private static String decode(byte[] bytes) {
    try {
      // A decoder made here reports malformed input instead of replacing it.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJson("The body is not UTF-8.");
    }
  }

  private static JsonObject parse(String text, int maxEvents) {
    try {
      verifyIsOneObject(text, maxEvents);
      try (var reader = READERS.createReader(new StringReader(text))) {
        return reader.readObject();
      }
    } catch (JsonParsingException e) {
      var location = e.getLocation();
      throw new MalformedJson(
          "The body is not well-formed JSON, or has a member twice, near line "
              + location.getLineNumber()
              + ", column "
              + location.getColumnNumber()
              + ".");
    } catch (MalformedJson e) {
      throw e;
    } catch (RuntimeException e) {
      // The parser has no exception of its own for what is beyond its limits.
      throw new MalformedJson(
          "The body cannot be read: it is nested too deeply, or has a number that is too long.");
    }
  }

  /**
   * Looks at what the reader does not: the kind of the value, how much it is, and what stands
   * behind it. Event by event, because {@code skipObject} of Parsson 1.1 never returns from an
   * object that does not end.
   */
  private static void verifyIsOneObject(String text, int maxEvents) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      if (parser.next() != JsonParser.Event.START_OBJECT) {
        throw new MalformedJson("The body must be a JSON object.");
      }
      int depth = 1;
      for (int events = 0; depth > 0; events++) {
        depth += nesting(parser.next());
        if (events > maxEvents || depth > MAX_DEPTH) {
          throw new MalformedJson("The body has too many members or values, or too many levels.");
        }
      }
      if (parser.hasNext()) {
        throw new MalformedJson("There is something behind the JSON object.");
      }
    }
  }

  private static int nesting(JsonParser.Event event) {
    return switch (event) {
      case START_OBJECT, START_ARRAY -> 1;
      case END_OBJECT, END_ARRAY -> -1;
      default -> 0;
    };
  }
}
