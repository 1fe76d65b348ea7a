package io.chronotrack.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The form of {@code text/event-stream} (WHATWG HTML, section 9.2.5), in blocks that end alike. */
public final class ServerSentEvents {

  /** The content type of a stream. */
  public static final String MEDIA_TYPE = "text/event-stream";

  /** The header by which a client says where it wants to go on. */
  public static final String LAST_EVENT_ID = "Last-Event-ID";

  private ServerSentEvents() {}

  /**
   * How a stream begins.
   *
   * @param retry how long a client waits before it comes back after the end
   * @param id where it goes on then, if nothing else is told until then
   */
  public static byte[] opening(Duration retry, String id) {
    return bytes("retry: " + retry.toMillis() + "\nid: " + id + "\n\n");
  }

  /**
   * An event.
   *
   * @param data one line
   */
  public static byte[] event(String name, String id, String data) {
    return bytes("event: " + name + "\nid: " + id + "\ndata: " + data + "\n\n");
  }

  /**
   * A sign of life. It tells where to go on as well: a block with an id and no data makes a client
   * remember the id, and is no event to it.
   */
  public static byte[] heartbeat(String id) {
    return bytes(": still here\nid: " + id + "\n\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
