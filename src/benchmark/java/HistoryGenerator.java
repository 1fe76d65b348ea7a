import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Fills a SQLite database of the product with a history of runs, by nothing but the JDBC driver, so
 * that lists and statistics can be measured on as many runs as years would bring.
 *
 * <pre>java -cp sqlite-jdbc.jar HistoryGenerator.java file runs [seed] [end]</pre>
 *
 * The file must be one that the product has migrated, that nobody uses, and that has no jobs yet.
 * The history is the same for the same number, seed (1) and end (the time of the last run as of RFC
 * 3339; now): 1,000 jobs in the project "default", of which the busiest has an eighth of all runs and
 * most have few (Zipf's law); a year of runs; durations skewed to the long side (log-normal, by the
 * median of the job; every third job reports whole seconds); of the runs 3 % FAILED with a message,
 * 0.5 % CANCELLED; the last 200 at most PENDING or RUNNING; metadata with an environment, a host
 * and a number; external ids in every fifth job. Events are not written, nor are statistics, which
 * {@code --rebuild-statistics} of the product makes.
 *
 * <p>Secondary indexes are dropped meanwhile and made anew at the end, which is several times faster
 * than keeping them. A line at the end tells runs and seconds, separated by a tab.
 */
public final class HistoryGenerator {

  private static final int JOBS = 1_000;
  private static final int BATCH = 1_000;
  private static final int COMMIT = 200_000;
  private static final int OPEN = 200;

  /** How far durations spread: the standard deviation of their logarithm. */
  private static final double SPREAD = 0.8;

  private static final double P95_TIMES_MEDIAN = Math.exp(1.645 * SPREAD);
  private static final long SPAN = Duration.ofDays(365).toMillis();
  private static final String[] TYPES = {
    "etl", "report", "backup", "sync", "billing", "index", "cleanup", "import", "export", "mail"
  };
  private static final String[] MESSAGES = {
    "exit status %d", "Timeout after %d s", "Connection to db-%d refused", "Out of memory in step %d",
    "HTTP %d from the exchange", "disk %d is full"
  };

  private final Connection connection;
  private final Random random;
  private final long end;
  private final double[] upToJob = new double[JOBS];
  private final double[] medianMs = new double[JOBS];

  private HistoryGenerator(Path file, long seed, long end) throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    this.random = new Random(seed);
    this.end = end;
    double sum = 0;
    for (int job = 0; job < JOBS; job++) {
      sum += 1.0 / (job + 1);
      upToJob[job] = sum;
      // From a tenth of a second to an hour, evenly by magnitude.
      medianMs[job] = 100 * Math.pow(36_000, random.nextDouble());
    }
    for (int job = 0; job < JOBS; job++) {
      upToJob[job] /= sum;
    }
  }

  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[1]);
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    Instant end = arguments.length > 3 ? Instant.parse(arguments[3]) : Instant.now();
    long begin = System.nanoTime();
    var generator = new HistoryGenerator(Path.of(arguments[0]), seed, end.toEpochMilli());
    generator.fill(runs);
    System.out.printf("%d\t%.1f%n", runs, (System.nanoTime() - begin) / 1e9);
  }

  private void fill(int runs) throws SQLException {
    if (!strings("SELECT id FROM jobs LIMIT 1").isEmpty()) {
      throw new SQLException("The database has jobs already");
    }
    // Whoever loses power here starts again.
    execute("PRAGMA journal_mode = OFF");
    execute("PRAGMA synchronous = OFF");
    execute("PRAGMA cache_size = -262144");
    String indexes =
        " FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'job_runs' AND sql IS NOT NULL";
    List<String> definitions = strings("SELECT sql" + indexes);
    for (String name : strings("SELECT name" + indexes)) {
      execute("DROP INDEX " + name);
    }
    connection.setAutoCommit(false);
    insertJobs();
    insertRuns(runs);
    connection.commit();
    connection.setAutoCommit(true);
    for (String sql : definitions) {
      execute(sql);
    }
    execute("PRAGMA journal_mode = WAL");
    connection.close();
  }

  private void insertJobs() throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "INSERT INTO jobs (id, project_id, name, description, type, archived, created_at,"
                + " updated_at, version) VALUES (?, 1, ?, ?, ?, ?, ?, ?, 1)")) {
      for (int job = 0; job < JOBS; job++) {
        statement.setLong(1, job + 1L);
        statement.setString(2, "job " + (job + 1));
        statement.setString(3, "Job number " + (job + 1) + " of a generated history.");
        statement.setString(4, job % 11 == 10 ? null : TYPES[job % TYPES.length]);
        statement.setBoolean(5, job % 20 == 19);
        statement.setLong(6, end - SPAN - JOBS + job);
        statement.setLong(7, end - SPAN - JOBS + job);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void insertRuns(int runs) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "INSERT INTO job_runs (id, project_id, job_id, external_id, status, started_at,"
                + " finished_at, error_message, metadata, created_at, updated_at, version, queue_ms,"
                + " duration_vs_median, slower_than_usual)"
                + " VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int id = 1; id <= runs; id++) {
        bind(statement, id, runs);
        statement.addBatch();
        if (id % BATCH == 0 || id == runs) {
          statement.executeBatch();
        }
        if (id % COMMIT == 0) {
          connection.commit();
        }
      }
    }
  }

  private void bind(PreparedStatement statement, int id, int runs) throws SQLException {
    int found = Arrays.binarySearch(upToJob, random.nextDouble());
    int job = Math.min(JOBS - 1, found < 0 ? -found - 1 : found);
    double chance = random.nextDouble();
    boolean isOpen = runs - id < Math.min(OPEN, runs / 100);
    String status =
        isOpen
            ? (chance < 0.3 ? "PENDING" : "RUNNING")
            : chance < 0.03 ? "FAILED" : chance < 0.035 ? "CANCELLED" : "SUCCESS";
    long created = end - SPAN + (long) ((double) SPAN * id / runs);
    long started = created + random.nextInt(2_000);
    long duration = (long) (medianMs[job] * Math.exp(SPREAD * random.nextGaussian()));
    if (job % 3 == 0) {
      duration -= duration % 1_000;
    }
    boolean hasEnded = !isOpen;
    boolean hasStarted = !status.equals("PENDING");
    statement.setLong(1, id);
    statement.setLong(2, job + 1L);
    statement.setString(3, job % 5 == 0 ? "run-" + id : null);
    statement.setString(4, status);
    setTime(statement, 5, hasStarted, started);
    setTime(statement, 6, hasEnded, started + duration);
    statement.setString(7, status.equals("FAILED") ? message() : null);
    statement.setString(8, metadata());
    statement.setLong(9, created);
    statement.setLong(10, hasEnded ? started + duration : hasStarted ? started : created);
    statement.setLong(11, hasEnded ? 3 : hasStarted ? 2 : 1);
    setTime(statement, 12, hasStarted, started - created);
    double timesMedian = Math.round(duration / medianMs[job] * 1_000) / 1_000.0;
    if (hasEnded) {
      statement.setDouble(13, timesMedian);
    } else {
      statement.setNull(13, Types.DOUBLE);
    }
    statement.setBoolean(14, hasEnded && timesMedian > P95_TIMES_MEDIAN);
  }

  private String message() {
    return String.format(MESSAGES[random.nextInt(MESSAGES.length)], random.nextInt(600));
  }

  private String metadata() {
    return "{\"env\":\""
        + (random.nextInt(10) == 0 ? "test" : "prod")
        + "\",\"host\":\"worker-"
        + random.nextInt(50)
        + "\",\"rows\":"
        + random.nextInt(1_000_000)
        + "}";
  }

  private static void setTime(PreparedStatement statement, int index, boolean isThere, long time)
      throws SQLException {
    if (isThere) {
      statement.setLong(index, time);
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> strings(String query) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) {
        found.add(result.getString(1));
      }
    }
    return found;
  }
}
