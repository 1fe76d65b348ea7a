package io.chronotrack.http;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.time.Instant;

/**
 * How answers become JSON: every member is there, {@code null} where it is unset, and times have
 * milliseconds. The order of the members is told by each view.
 */
@Provider
public class JsonbForm implements ContextResolver<Jsonb> {

  private static final Jsonb JSONB =
      JsonbBuilder.create(new JsonbConfig().withNullValues(true).withAdapters(new InstantForm()));

  /** The text of a view, as clients would get it. */
  public static String toJson(Object view) {
    return JSONB.toJson(view);
  }

  @Override
  public Jsonb getContext(Class<?> type) {
    return JSONB;
  }

  private static final class InstantForm implements JsonbAdapter<Instant, String> {

    @Override
    public String adaptToJson(Instant time) {
      return Timestamps.format(time);
    }

    @Override
    public Instant adaptFromJson(String text) {
      return Timestamps.parse(text)
          .orElseThrow(() -> new IllegalArgumentException("not a time: " + text));
    }
  }
}
