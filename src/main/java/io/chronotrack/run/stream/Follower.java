package io.chronotrack.run.stream;

import io.chronotrack.access.Scope;
import io.chronotrack.http.Admission;
import io.chronotrack.http.Outbox;
import io.chronotrack.http.ServerSentEvents;
import io.chronotrack.problem.DomainException;
import io.chronotrack.run.query.RunQuery;
import io.chronotrack.run.query.RunSearch;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * One client that follows runs: how far it has been told of everything that it wants. Used by the
 * thread of the {@link RunFeed} alone, once it is there.
 */
final class Follower {

  /** How often it hears something, whatever happens: proxies end connections that are silent. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** How long a client may take nothing of what waits for it. */
  static final Duration LONGEST_STALL = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger(Follower.class.getName());

  /** How long clients wait before they come back: most servers have stopped and started by then. */
  private static final Duration RETRY = Duration.ofSeconds(3);

  private final Scope scope;
  private final RunSearch search;
  private final Admission admission;
  private final Outbox outbox;
  private EventPosition position;
  private long lastHeartbeat;

  /**
   * @param start behind which it wants to be told
   * @param nanoTime the time in nanoseconds
   */
  Follower(
      Scope scope,
      RunSearch search,
      Admission admission,
      Outbox outbox,
      EventPosition start,
      long nanoTime) {
    this.scope = scope;
    this.search = search;
    this.admission = admission;
    this.outbox = outbox;
    this.position = start;
    this.lastHeartbeat = nanoTime;
    outbox.add(ServerSentEvents.opening(RETRY, start.text()));
  }

  /** Behind which it has not been told yet. */
  EventPosition position() {
    return position;
  }

  /** Whether it can be told something. */
  boolean hasRoom() {
    return outbox.hasRoom();
  }

  boolean hasLeft() {
    return outbox.isClosed();
  }

  /** Is told what it wants of a page that begins at its position or before, as far as it can be. */
  void tell(NewsPage page) {
    RunQuery query = search.at(page.now());
    for (News news : page.news()) {
      if (news.position().compareTo(position) > 0) {
        if (!outbox.hasRoom()) {
          return;
        }
        if (news.isFor(scope, query)) {
          outbox.add(news.message());
        }
        position = news.position();
      }
    }
    if (page.end().compareTo(position) > 0) {
      position = page.end();
    }
  }

  /**
   * Is ended if it takes nothing, or may not be told any more; gets a sign of life if it is due.
   */
  void attend(long nanoTime) {
    if (outbox.waited() > LONGEST_STALL.toNanos()) {
      LOG.log(Level.DEBUG, "A client that took nothing of its stream is given up");
      outbox.close();
    } else if (nanoTime - lastHeartbeat >= HEARTBEAT.toNanos()) {
      lastHeartbeat = nanoTime;
      if (!isAdmitted()) {
        outbox.close();
      } else if (outbox.hasRoom()) {
        outbox.add(ServerSentEvents.heartbeat(position.text()));
      }
    }
  }

  private boolean isAdmitted() {
    try {
      return admission.holds();
    } catch (DomainException e) {
      // While the database is away nobody knows; nor is there anything to tell.
      return true;
    }
  }

  /** Ends it. */
  void end() {
    outbox.close();
  }
}
