package io.chronotrack.run.export;

import io.chronotrack.http.Timestamps;
import io.chronotrack.run.RunView;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs as rows of RFC 4180, with the fields of {@link RunView} in the same order. Values are as
 * they are stored, also those that a spreadsheet takes for a formula: who reads the file with a
 * program must get what was reported.
 */
final class RunCsv {

  private static final Pattern SPECIAL = Pattern.compile("[\",\r\n]");

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", RunView::id),
          new Column("jobId", RunView::jobId),
          new Column("externalId", RunView::externalId),
          new Column("status", RunView::status),
          new Column("startedAt", RunView::startedAt),
          new Column("finishedAt", RunView::finishedAt),
          new Column("durationMs", RunView::durationMs),
          new Column("durationVsMedian", RunView::durationVsMedian),
          new Column("slowerThanUsual", RunView::slowerThanUsual),
          new Column("overdue", RunView::overdue),
          new Column("errorMessage", RunView::errorMessage),
          new Column("metadata", RunView::metadata),
          new Column("traceparent", RunView::traceparent),
          new Column("createdAt", RunView::createdAt),
          new Column("updatedAt", RunView::updatedAt));

  /** The first row, which names the columns. */
  static final String HEADER = row(Column::name);

  private RunCsv() {}

  /** The row of a run, with its end. */
  static String row(RunView run) {
    return row((Column column) -> column.value().apply(run));
  }

  private static String row(Function<Column, @Nullable Object> value) {
    return COLUMNS.stream()
        .map(column -> field(value.apply(column)))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value instanceof Instant time ? Timestamps.format(time) : value.toString();
    // Quotes tell an empty text from none.
    return text.isEmpty() || SPECIAL.matcher(text).find()
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  /**
   * A column.
   *
   * @param value what it has of a run; {@code null} if that is unset
   */
  private record Column(String name, Function<RunView, @Nullable Object> value) {}
}
