package io.chronotrack.run.stream;

import io.chronotrack.problem.DomainException;
import io.chronotrack.run.RunSignal;
import io.chronotrack.storage.StorageUnavailable;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is new and tells all followers, in a thread that is there while anybody follows.
 *
 * <p>In each round it reads one page at the place of whoever is furthest behind, tells it to all
 * that are in reach of it, and goes on with the next place. Who follows the present shares one
 * place, so however many they are, one page is read for all; who comes back after a while gets a
 * page in each round until it has caught up, and holds up nobody. A client that takes nothing is
 * left out, and read for again when it does.
 */
final class RunFeed {

  private static final System.Logger LOG = System.getLogger(RunFeed.class.getName());

  /** Between rounds while something happens: what is committed meanwhile is read at once. */
  private static final long SHORTEST_PAUSE = Duration.ofMillis(10).toNanos();

  /** How long it takes at most to see what another instance has committed. */
  private static final long LONGEST_PAUSE = Duration.ofMillis(500).toNanos();

  private final Function<EventPosition, NewsPage> reader;
  private final Runnable relieveSenders;
  private final RunSignal signal;
  private final int most;
  private final LongSupplier nanoTime;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  /** Reads while it is there. */
  private @Nullable Thread thread;

  private boolean isClosed;
  private boolean isFailing;

  /**
   * @param reader reads the page behind a position
   * @param relieveSenders looks whether those who send what is told are held up
   * @param signal tells when there is something new, or a follower has changed
   * @param most how many may follow at a time
   */
  RunFeed(
      Function<EventPosition, NewsPage> reader,
      Runnable relieveSenders,
      RunSignal signal,
      int most,
      LongSupplier nanoTime) {
    this.reader = reader;
    this.relieveSenders = relieveSenders;
    this.signal = signal;
    this.most = most;
    this.nanoTime = nanoTime;
  }

  /**
   * Tells this one as well, from now on.
   *
   * @throws TooManyStreams if no more can be told
   */
  synchronized void add(Follower follower) {
    if (isClosed) {
      throw new StorageUnavailable("The service stops.", null);
    }
    followers.removeIf(Follower::hasLeft);
    if (followers.size() >= most) {
      throw new TooManyStreams(most);
    }
    followers.add(follower);
    if (thread == null) {
      thread = new Thread(this::run, "chronotrack-run-feed");
      thread.setDaemon(true);
      thread.start();
    } else {
      signal.raise();
    }
  }

  /** Ends all, and waits until nothing is read any more. */
  void close() throws InterruptedException {
    Thread running;
    synchronized (this) {
      isClosed = true;
      running = thread;
    }
    followers.forEach(Follower::end);
    if (running != null) {
      running.join();
    }
  }

  private void run() {
    boolean isAbandoned = true;
    try {
      signal.listen();
      followUntilNobodyDoes();
      isAbandoned = false;
    } finally {
      if (isAbandoned) {
        // They come back, and begin a new thread.
        followers.forEach(Follower::end);
        isWanted();
      }
    }
  }

  private void followUntilNobodyDoes() {
    long pause = 0;
    while (isWanted()) {
      boolean isMore = round();
      followers.forEach(follower -> follower.attend(nanoTime.getAsLong()));
      relieveSenders.run();
      if (!isMore) {
        rest();
        // Each a little longer than the one before, until there is something new: what another
        // transaction holds back can be read soon, and an idle database is left alone.
        pause = Math.min(pause * 2 + SHORTEST_PAUSE, LONGEST_PAUSE);
        pause = signal.await(pause) ? 0 : pause;
      }
    }
  }

  /** However often there is something new: what comes close together is read together. */
  private static void rest() {
    long end = System.nanoTime() + SHORTEST_PAUSE;
    for (long left = SHORTEST_PAUSE; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Whether anybody follows; if not, this thread ends, and the next one begins anew. */
  private synchronized boolean isWanted() {
    followers.removeIf(Follower::hasLeft);
    if (!followers.isEmpty() && !isClosed) {
      return true;
    }
    thread = null;
    signal.ignore();
    return false;
  }

  /** Tells everybody one page at least; whether there is more to read at once. */
  private boolean round() {
    List<Follower> behind = new ArrayList<>(followers.stream().filter(Follower::hasRoom).toList());
    behind.sort(Comparator.comparing(Follower::position));
    boolean isMore = false;
    try {
      while (!behind.isEmpty()) {
        NewsPage page = reader.apply(behind.get(0).position());
        List<Follower> inReach =
            behind.stream().filter(one -> one.position().compareTo(page.end()) <= 0).toList();
        inReach.forEach(one -> one.tell(page));
        behind.removeAll(inReach);
        isMore |= !page.isLast();
      }
      isFailing = false;
    } catch (RuntimeException e) {
      tellFailure(e);
      return false;
    }
    return isMore;
  }

  /** Followers stay, and are told what they have missed when it can be read. */
  private void tellFailure(RuntimeException failure) {
    if (isFailing) {
      return;
    }
    isFailing = true;
    if (failure instanceof DomainException) {
      LOG.log(Level.WARNING, "The events of runs cannot be read: {0}", failure.getMessage());
    } else {
      LOG.log(Level.ERROR, "The events of runs cannot be read", failure);
    }
  }
}
