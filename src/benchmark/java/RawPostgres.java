import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * The yardstick of durable writes on PostgreSQL: rows like those of {@code POST /jobs/{id}/runs},
 * one a commit, from as many connections as the service has clients, with nothing but the JDBC
 * driver. Only the run's row is written: no event, no JSON to read, no answer to give.
 *
 * <pre>java -cp postgresql.jar RawPostgres.java url user seconds connections...</pre>
 *
 * The table, its constraints and indexes, and the row to repeat are copied from the product's
 * tables, in the same database, into the schema {@code raw}. For each number of connections, a line
 * of fields separated by tabs: connections, rows, seconds, and median and 99th percentile of a
 * commit in microseconds.
 */
public final class RawPostgres {

  private static final long WARM_UP_NANOS = 500_000_000L;

  private final String url;
  private final String user;
  private final List<String> columns = new ArrayList<>();
  private final List<Object> template = new ArrayList<>();
  private long jobs;

  private RawPostgres(String url, String user) {
    this.url = url;
    this.user = user;
  }

  public static void main(String[] arguments) throws Exception {
    var raw = new RawPostgres(arguments[0], arguments[1]);
    long nanos = (long) (Double.parseDouble(arguments[2]) * 1e9);
    for (String connections : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      raw.copyTable();
      System.out.println(connections + "\t" + raw.write(Integer.parseInt(connections), nanos));
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, System.getenv("DATABASE_PASSWORD"));
  }

  /** An empty table like the product's, and one of the runs that the benchmark has created. */
  private void copyTable() throws SQLException {
    columns.clear();
    template.clear();
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS raw CASCADE");
      statement.execute("CREATE SCHEMA raw");
      statement.execute("CREATE TABLE raw.job_runs (LIKE job_runs INCLUDING ALL)");
      statement.execute("ALTER TABLE raw.job_runs ADD FOREIGN KEY (job_id) REFERENCES jobs (id)");
      try (var result = statement.executeQuery("SELECT max(id) FROM jobs")) {
        result.next();
        jobs = result.getLong(1);
      }
      // What the database computes by itself cannot be given.
      try (var names =
          statement.executeQuery(
              "SELECT column_name FROM information_schema.columns WHERE table_schema = 'raw'"
                  + " AND table_name = 'job_runs' AND is_generated = 'NEVER'")) {
        while (names.next()) {
          columns.add(names.getString(1));
        }
      }
      try (var row =
          statement.executeQuery(
              "SELECT "
                  + String.join(", ", columns)
                  + " FROM job_runs WHERE status = 'PENDING' AND metadata IS NOT NULL LIMIT 1")) {
        if (!row.next()) {
          throw new SQLException("The product's database has no run to repeat");
        }
        for (int i = 1; i <= columns.size(); i++) {
          template.add(row.getObject(i));
        }
      }
    }
  }

  /** Commits for the given time; what it came to, as fields separated by tabs. */
  private String write(int connections, long nanos) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      var together = new CyclicBarrier(connections);
      List<Future<long[]>> writers = new ArrayList<>();
      for (int n = 0; n < connections; n++) {
        writers.add(threads.submit(writer(n, connections, together, nanos)));
      }
      List<long[]> latencies = new ArrayList<>();
      for (Future<long[]> writer : writers) {
        latencies.add(writer.get());
      }
      long[] all = latencies.stream().flatMapToLong(LongStream::of).sorted().toArray();
      return String.format(
          Locale.ROOT,
          "%d\t%.6f\t%.1f\t%.1f",
          all.length,
          nanos / 1e9,
          all[all.length / 2] / 1e3,
          all[all.length * 99 / 100] / 1e3);
    } finally {
      threads.shutdown();
    }
  }

  /** Writes rows with ids of its own, first to warm up; gives the nanoseconds of each commit. */
  private Callable<long[]> writer(int number, int writers, CyclicBarrier together, long nanos) {
    return () -> {
      try (Connection connection = connect();
          PreparedStatement statement = connection.prepareStatement(insert())) {
        long id = number + 1;
        long[] commits = new long[0];
        for (long duration : new long[] {WARM_UP_NANOS, nanos}) {
          together.await();
          commits = new long[1 << 12];
          int count = 0;
          long begin = System.nanoTime();
          long last = begin;
          while (last - begin < duration) {
            bind(statement, id);
            statement.executeUpdate();
            id += writers;
            long now = System.nanoTime();
            if (count == commits.length) {
              commits = Arrays.copyOf(commits, 2 * count);
            }
            commits[count++] = now - last;
            last = now;
          }
          commits = Arrays.copyOf(commits, count);
        }
        return commits;
      }
    };
  }

  private String insert() {
    return "INSERT INTO raw.job_runs (%s) VALUES (%s)"
        .formatted(
            String.join(", ", columns), String.join(", ", Collections.nCopies(columns.size(), "?")));
  }

  private void bind(PreparedStatement statement, long id) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i)) {
        case "id" -> statement.setLong(i + 1, id);
        case "job_id" -> statement.setLong(i + 1, 1 + id % jobs);
        default -> statement.setObject(i + 1, template.get(i));
      }
    }
  }
}
