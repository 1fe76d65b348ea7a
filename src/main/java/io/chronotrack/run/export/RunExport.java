package io.chronotrack.run.export;

import io.chronotrack.http.Download;
import io.chronotrack.http.JsonbForm;
import io.chronotrack.page.Page;
import io.chronotrack.page.Position;
import io.chronotrack.run.JobRun;
import io.chronotrack.run.RunView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Runs that are read while they are written, in the forms that clients can have them in. */
public final class RunExport {

  /** JSON texts, each on a line of its own. */
  static final String NDJSON = "application/x-ndjson";

  /** Comma-separated values (RFC 4180). */
  static final String CSV = "text/csv";

  private final Page<JobRun> first;
  private final Function<Position, Page<JobRun>> pageBehind;

  /**
   * @param first the first page
   * @param pageBehind reads the page behind a position
   */
  RunExport(Page<JobRun> first, Function<Position, Page<JobRun>> pageBehind) {
    this.first = first;
    this.pageBehind = pageBehind;
  }

  /** The forms; the first one for who has no preference. */
  List<Download> forms() {
    return List.of(
        new Download(NDJSON, "runs.ndjson", out -> write("", RunExport::line, out)),
        new Download(
            CSV + ";charset=UTF-8", "runs.csv", out -> write(RunCsv.HEADER, RunCsv::row, out)));
  }

  private static String line(RunView run) {
    return JsonbForm.toJson(run) + "\n";
  }

  private void write(String header, Function<RunView, String> form, OutputStream out)
      throws IOException {
    out.write(bytes(header));
    Page<JobRun> page = first;
    while (true) {
      for (JobRun run : page.items()) {
        out.write(bytes(form.apply(RunView.of(run))));
      }
      // A page may have few runs, or none, and still not be the last one.
      Position end = page.next();
      if (end == null) {
        return;
      }
      page = pageBehind.apply(end);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
