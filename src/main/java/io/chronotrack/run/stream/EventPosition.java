package io.chronotrack.run.stream;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order in which events were committed: at an event, or behind all that have a
 * number.
 *
 * @param sequence the number; several events may have it
 * @param runId the event's run
 * @param version the run's version after the event
 */
public record EventPosition(long sequence, long runId, long version)
    implements Comparable<EventPosition> {

  private static final Comparator<EventPosition> ORDER =
      Comparator.comparingLong(EventPosition::sequence)
          .thenComparingLong(EventPosition::runId)
          .thenComparingLong(EventPosition::version);

  private static final Pattern TEXT =
      Pattern.compile("(0|[1-9][0-9]{0,17})(?:-([1-9][0-9]{0,17})-([1-9][0-9]{0,17}))?");

  /** Behind all events that have this number or a lower one. */
  public static EventPosition behind(long sequence) {
    return new EventPosition(sequence, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** The position that {@link #text} told; empty if it told none. */
  public static Optional<EventPosition> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long sequence = Long.parseLong(parts.group(1));
    return Optional.of(
        parts.group(2) == null
            ? behind(sequence)
            : new EventPosition(
                sequence, Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))));
  }

  /** The position as clients get it, and give it back. */
  public String text() {
    return equals(behind(sequence))
        ? Long.toString(sequence)
        : sequence + "-" + runId + "-" + version;
  }

  @Override
  public int compareTo(EventPosition other) {
    return ORDER.compare(this, other);
  }
}
