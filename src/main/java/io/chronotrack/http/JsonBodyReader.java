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

  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

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
      InputStream stream) {
    byte[] bytes = read(stream);
    if (bytes.length > maxBytes) {
      throw new BodyTooLarge(maxBytes);
    }
    if (bytes.length == 0) {
      throw MalformedJson.noBody();
    }
    return new JsonBody(parse(decode(bytes)));
  }

  private byte[] read(InputStream stream) {
    try {
      return stream.readNBytes(maxBytes + 1);
    } catch (IOException e) {
      // The client hung up or stopped sending: nothing of ours failed.
      throw new MalformedJson("The body did not arrive in full.");
    }
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
    try {
      verifyIsOneObject(text);
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

  /** Looks at what the reader does not: the kind of the value, and what stands behind it. */
  private static void verifyIsOneObject(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      if (parser.next() != JsonParser.Event.START_OBJECT) {
        throw new MalformedJson("The body must be a JSON object.");
      }
      parser.skipObject();
      if (parser.hasNext()) {
        throw new MalformedJson("There is something behind the JSON object.");
      }
    }
  }
}
