package io.chronotrack.run.stream;

import io.chronotrack.access.Caller;
import io.chronotrack.config.AppConfig;
import io.chronotrack.http.Admission;
import io.chronotrack.http.Outbox;
import io.chronotrack.http.Senders;
import io.chronotrack.http.ServerSentEvents;
import io.chronotrack.problem.ValidationFailed;
import io.chronotrack.problem.Violation;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunFigures;
import io.chronotrack.run.RunSignal;
import io.chronotrack.run.query.RunSearch;
import io.chronotrack.stats.StatisticsRepository;
import io.chronotrack.storage.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The use case of those who follow runs. One for all, because all are told by one reader. */
public final class RunStreamService implements AutoCloseable {

  /** Events that are read at once: with the largest metadata some ten megabytes. */
  private static final int PAGE = 100;

  private final RunJournal journal;
  private final RunFigures figures;
  private final Transactions transactions;
  private final Clock clock;
  private final RunSignal signal;
  private final LongSupplier nanoTime;
  private final Senders senders = new Senders();
  private final RunFeed feed;

  public RunStreamService(
      RunJournal journal,
      StatisticsRepository statistics,
      Transactions transactions,
      Clock clock,
      RunSignal signal,
      AppConfig config) {
    this(
        journal,
        new RunFigures(statistics),
        transactions,
        clock,
        signal,
        config.limits().streams(),
        System::nanoTime);
  }

  RunStreamService(
      RunJournal journal,
      RunFigures figures,
      Transactions transactions,
      Clock clock,
      RunSignal signal,
      int most,
      LongSupplier nanoTime) {
    this.journal = journal;
    this.figures = figures;
    this.transactions = transactions;
    this.clock = clock;
    this.signal = signal;
    this.nanoTime = nanoTime;
    this.feed = new RunFeed(this::read, senders::relieve, signal, most, nanoTime);
  }

  /**
   * Where a stream begins.
   *
   * @param lastEventId the id of the last event that the client knows; {@code null} or empty if it
   *     knows none: then with what is committed from now on
   * @throws ValidationFailed if no stream has ever told this id
   */
  public EventPosition start(@Nullable String lastEventId) {
    EventPosition present = EventPosition.behind(transactions.read(journal::settled));
    if (lastEventId == null || lastEventId.isEmpty()) {
      return present;
    }
    return EventPosition.parse(lastEventId)
        // Such as that of an event which a restored backup does not have: others would get its id.
        .filter(position -> position.compareTo(present) <= 0)
        .orElseThrow(
            () ->
                new ValidationFailed(
                    Violation.ofHeader(
                        ServerSentEvents.LAST_EVENT_ID,
                        "must be the id of an event of this installation; without the header the"
                            + " stream begins now")));
  }

  /**
   * Tells a client of the runs that it asks for, until it has left or is not admitted any more.
   *
   * @param start behind which it is told
   * @return where it finds what it is told
   * @throws TooManyStreams if no more can be told
   */
  public Outbox follow(Caller caller, RunSearch search, EventPosition start, Admission admission) {
    var outbox = new Outbox(nanoTime, signal::raise);
    feed.add(new Follower(caller.scope(), search, admission, outbox, start, nanoTime.getAsLong()));
    return outbox;
  }

  /** Who send to clients what they find. */
  Executor senders() {
    return senders;
  }

  private NewsPage read(EventPosition after) {
    Instant now = clock.instant();
    return transactions.read(
        () -> {
          long settled = journal.settled();
          EventPosition end = EventPosition.behind(settled);
          if (end.compareTo(after) <= 0) {
            return new NewsPage(List.of(), after, true, now);
          }
          List<JournalEntry> found = journal.read(after, settled, PAGE);
          boolean isLast = found.size() < PAGE;
          return new NewsPage(
              observed(found, now),
              isLast ? end : found.get(found.size() - 1).position(),
              isLast,
              now);
        });
  }

  /** As somebody would see them who asked for them now. */
  private List<News> observed(List<JournalEntry> found, Instant now) {
    List<JobRun> runs = figures.observed(found.stream().map(JournalEntry::run).toList(), now);
    List<News> news = new ArrayList<>();
    for (JournalEntry entry : found) {
      news.add(
          new News(
              new JournalEntry(
                  entry.position(), entry.event(), runs.get(news.size()), entry.jobType())));
    }
    return news;
  }

  /** Ends all streams, and reads no more. */
  @Override
  public void close() {
    try {
      feed.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      senders.close();
    }
  }
}
