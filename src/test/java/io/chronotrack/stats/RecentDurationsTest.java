package io.chronotrack.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentDurationsTest {

  private static EndedRun run(RunOutcome outcome, long finishedAt, @Nullable Long durationMs) {
    return new EndedRun(1, 3, outcome, Instant.ofEpochMilli(finishedAt), durationMs, null);
  }

  private static EndedRun success(long finishedAt, long durationMs) {
    return run(RunOutcome.SUCCESS, finishedAt, durationMs);
  }

  private static RecentDurations of(List<EndedRun> runs) {
    var recent = new RecentDurations();
    runs.forEach(recent::add);
    return recent;
  }

  private static byte[] encoded(RecentDurations recent) {
    var out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    recent.encode(out);
    return out.trimmedCopy();
  }

  /** Two for most ends, so that some have to be told apart by their durations. */
  private static List<EndedRun> many() {
    List<EndedRun> runs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      runs.add(success(-40 + i / 2, i * 37 % 101));
    }
    return runs;
  }

  @Test
  void onlySuccessfulRunsTellWhatIsUsual() {
    var recent = new RecentDurations();
    for (int i = 0; i < 10; i++) {
      recent.add(run(RunOutcome.FAILED, i, 1L));
      recent.add(run(RunOutcome.CANCELLED, i, null));
    }
    assertThat(recent.usual()).isEqualTo(Usual.UNKNOWN);
    recent.add(success(11, 40));
    assertThat(recent.usual()).isEqualTo(new Usual(1, 40, 40));
  }

  @Test
  void theHundredThatEndedLastAreKept() {
    var recent = new RecentDurations();
    for (int i = 0; i < 250; i++) {
      recent.add(success(i, i));
    }
    assertThat(recent.usual()).isEqualTo(new Usual(100, 199.5, 244));
    recent.add(success(10, 7_000));
    assertThat(recent.usual())
        .as("after one that ended long ago")
        .isEqualTo(new Usual(100, 199.5, 244));
  }

  @Test
  void theOrderInWhichTheyAreToldDoesNotMatter() {
    byte[] inOrder = encoded(of(many()));
    for (int seed = 0; seed < 20; seed++) {
      List<EndedRun> shuffled = many();
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(encoded(of(shuffled))).isEqualTo(inOrder);
    }
  }

  @Test
  void partsAddUpToTheWhole() {
    List<EndedRun> runs = many();
    Collections.shuffle(runs, new Random(3));
    RecentDurations first = of(runs.subList(0, 130));
    RecentDurations second = of(runs.subList(130, 300));
    first.add(second);
    assertThat(encoded(first)).isEqualTo(encoded(of(many())));

    RecentDurations third = of(runs.subList(0, 130));
    ByteBuffer in = ByteBuffer.wrap(encoded(second));
    third.addEncoded(in);
    assertThat(in.hasRemaining()).isFalse();
    assertThat(encoded(third)).isEqualTo(encoded(of(many())));
  }
}
