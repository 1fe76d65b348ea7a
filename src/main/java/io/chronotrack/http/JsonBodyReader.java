package io.chronotrack.http;

import io.chronotrack.config.AppConfig;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.Consumes;
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
import java.util.Map;

/**
 * Reads a request body as strictly as it can be: exactly one JSON object in UTF-8, no member twice,
 * nothing behind it, and never more bytes than allowed, whatever the headers say.
 */
@Dependent
@Provider
@Consumes({MediaType.APPLICATION_JSON, JsonBody.MERGE_PATCH})
public class JsonBodyReader implements MessageBodyReader<JsonBody> {

  private static final JsonParserFactory PARSERS =
      Json.createParserFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private final int maxBytes;

  @Inject
  public JsonBodyReader(AppConfig config) {
    this.maxBytes = config.limits().bodyBytes();
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
      InputStream stream)
      throws IOException {
    byte[] bytes = stream.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new BodyTooLarge(maxBytes);
    }
    if (bytes.length == 0) {
      throw new MalformedJson("There is no body; send a JSON object, {} at least.");
    }
    return new JsonBody(parse(decode(bytes)));
  }

  private static String decode(byte[] bytes) {
    try {
      // A decoder made here reports malformed input instead of replacing it.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJson("The body is not UTF-8.");
    }
  }

  private static JsonObject parse(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      if (parser.next() != JsonParser.Event.START_OBJECT) {
        throw new MalformedJson("The body must be a JSON object.");
      }
      JsonObject object = parser.getObject();
      if (parser.hasNext()) {
        throw new MalformedJson("There is something behind the JSON object.");
      }
      return object;
    } catch (JsonParsingException e) {
      var location = e.getLocation();
      throw new MalformedJson(
          "The body is not well-formed JSON near line "
              + location.getLineNumber()
              + ", column "
              + location.getColumnNumber()
              + ".");
    } catch (JsonException e) {
      throw new MalformedJson("The body is not well-formed JSON.");
    }
  }
}
