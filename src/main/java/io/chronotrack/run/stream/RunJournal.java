package io.chronotrack.run.stream;

import java.util.List;

/**
 * The events of all runs in the order in which they were committed; those of one run in the order
 * of its versions. Events from before there was such an order are not in it. Safe for use by many
 * threads, inside of {@link io.chronotrack.storage.Transactions#read}.
 */
public interface RunJournal {

  /**
   * The highest number that is settled: no event that has it, or a lower one, will still be
   * committed. Grows, and never lies before an event that was committed when no other writer was at
   * work. 0 if there is none.
   */
  long settled();

  /**
   * The events behind a position, in order.
   *
   * @param upTo the highest number that is wanted, which is settled
   * @param most how many events at most
   */
  List<JournalEntry> read(EventPosition after, long upTo, int most);
}
