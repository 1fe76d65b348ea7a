package io.chronotrack.stats;

import io.chronotrack.http.QueryParameters;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Binds and checks what clients ask of statistics. */
public final class StatsRequests {

  private StatsRequests() {}

  /** The spans that are asked for; by days in UTC, if the client does not say. */
  public static StatsQuery query(QueryParameters query) {
    var from = query.time("from");
    var to = query.time("to");
    var interval = query.parsed("interval", StatsRequests::interval, "must be hour or day");
    var zone =
        query.parsed(
            "timezone",
            StatsRequests::zone,
            "must be a time zone of the IANA database such as Europe/Berlin, or an offset such as"
                + " %2B05:30");
    query.verify();
    return new StatsQuery(from, to, interval.orElse(Interval.DAY), zone.orElse(ZoneId.of("UTC")));
  }

  private static Optional<Interval> interval(String text) {
    return Arrays.stream(Interval.values())
        .filter(interval -> interval.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      // Whatever is wrong with it: it is no zone.
      return Optional.empty();
    }
  }
}
