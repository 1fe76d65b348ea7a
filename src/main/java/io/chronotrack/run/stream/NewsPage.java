package io.chronotrack.run.stream;

import java.time.Instant;
import java.util.List;

/**
 * What was found behind a position.
 *
 * @param news in order
 * @param end where the next page begins
 * @param isLast whether there was no more to find
 * @param now the time at which it was read
 */
record NewsPage(List<News> news, EventPosition end, boolean isLast, Instant now) {}
