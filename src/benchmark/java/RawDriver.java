import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The yardstick of durable writes: rows like those of {@code POST /jobs/{id}/runs}, written by one
 * thread with nothing but the JDBC driver, with the pragmas of the product. Only the run's row is
 * written: no event, no JSON to read, no answer to give.
 *
 * <pre>java -cp sqlite-jdbc.jar RawDriver.java product.db folder seconds mode...</pre>
 *
 * The table and the row to repeat are read from the product's database, so that a row costs here
 * what it costs there. A mode is the number of rows in a commit, followed by {@code b} (bare) if
 * the table is to have no secondary index: {@code 1}, {@code 256}, {@code 256b}. For each, a line of
 * fields separated by tabs: mode, rows, seconds, and median and 99th percentile of a commit in
 * microseconds.
 */
public final class RawDriver {

  private static final String TABLE = "job_runs";
  private static final long WARM_UP_NANOS = 500_000_000L;

  private final Connection connection;
  private final List<String> columns = new ArrayList<>();
  private final List<Object> template = new ArrayList<>();
  private final long jobs;
  private long lastId;

  private RawDriver(Path product, Path file, boolean bare) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA foreign_keys = OFF");
    // Only read from: the database is in use by the process that is measured.
    execute("ATTACH '" + product + "' AS product");
    copyTables(bare);
    readTemplate();
    execute("DETACH product");
    execute("PRAGMA foreign_keys = ON");
    require("journal_mode", "wal");
    require("synchronous", "2");
    require("foreign_keys", "1");
    jobs = Long.parseLong(strings("SELECT max(id) FROM jobs").get(0));
  }

  public static void main(String[] arguments) throws Exception {
    Path product = Path.of(arguments[0]);
    Path folder = Path.of(arguments[1]);
    double seconds = Double.parseDouble(arguments[2]);
    for (String mode : Arrays.copyOfRange(arguments, 3, arguments.length)) {
      boolean bare = mode.endsWith("b");
      int rows = Integer.parseInt(bare ? mode.substring(0, mode.length() - 1) : mode);
      var driver = new RawDriver(product, folder.resolve("raw.db"), bare);
      driver.write(rows, WARM_UP_NANOS);
      System.out.println(mode + "\t" + driver.write(rows, (long) (seconds * 1e9)));
      driver.connection.close();
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve("raw.db" + suffix));
      }
    }
  }

  /** Commits for the given time; what it came to, as fields separated by tabs. */
  private String write(int rowsOfCommit, long nanos) throws SQLException {
    var commits = new long[1 << 16];
    int count = 0;
    connection.setAutoCommit(rowsOfCommit == 1);
    long begin = System.nanoTime();
    long last = begin;
    try (var statement = connection.prepareStatement(insert())) {
      while (last - begin < nanos) {
        if (rowsOfCommit == 1) {
          bind(statement);
          statement.executeUpdate();
        } else {
          for (int row = 0; row < rowsOfCommit; row++) {
            bind(statement);
            statement.addBatch();
          }
          statement.executeBatch();
          connection.commit();
        }
        long now = System.nanoTime();
        if (count == commits.length) {
          commits = Arrays.copyOf(commits, 2 * count);
        }
        commits[count++] = now - last;
        last = now;
      }
    }
    connection.setAutoCommit(true);
    Arrays.sort(commits, 0, count);
    return String.format(
        Locale.ROOT,
        "%d\t%.6f\t%.1f\t%.1f",
        (long) count * rowsOfCommit,
        (last - begin) / 1e9,
        commits[count / 2] / 1e3,
        commits[count * 99 / 100] / 1e3);
  }

  private String insert() {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            TABLE,
            String.join(", ", columns),
            String.join(", ", Collections.nCopies(columns.size(), "?")));
  }

  private void bind(PreparedStatement statement) throws SQLException {
    long id = ++lastId;
    long now = System.currentTimeMillis();
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i)) {
        case "id" -> statement.setLong(i + 1, id);
        case "job_id" -> statement.setLong(i + 1, 1 + id % jobs);
        case "created_at", "updated_at" -> statement.setLong(i + 1, now);
        default -> statement.setObject(i + 1, template.get(i));
      }
    }
  }

  /** The table of runs as the product has it, and the tables that it refers to with their rows. */
  private void copyTables(boolean bare) throws SQLException {
    for (String table : withParents()) {
      String types = bare && table.equals(TABLE) ? "'table'" : "'table', 'index'";
      for (String sql :
          strings(
              ("SELECT sql FROM product.sqlite_schema WHERE tbl_name = '%s' AND type IN (%s)"
                      + " AND sql IS NOT NULL ORDER BY type DESC")
                  .formatted(table, types))) {
        execute(sql);
      }
      if (!table.equals(TABLE)) {
        execute("INSERT INTO main.%1$s SELECT * FROM product.%1$s".formatted(table));
      }
    }
  }

  private Set<String> withParents() throws SQLException {
    var tables = new LinkedHashSet<String>();
    var open = new ArrayList<>(List.of(TABLE));
    while (!open.isEmpty()) {
      String table = open.remove(0);
      if (tables.add(table)) {
        open.addAll(
            strings(
                "SELECT \"table\" FROM pragma_foreign_key_list('%s', 'product')"
                    .formatted(table)));
      }
    }
    return tables;
  }

  /** One of the runs that the benchmark has created. */
  private void readTemplate() throws SQLException {
    // Without the columns that the database computes.
    columns.addAll(strings("SELECT name FROM pragma_table_info('%s', 'product')".formatted(TABLE)));
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT %s FROM product.%s WHERE status = 'PENDING' AND metadata IS NOT NULL LIMIT 1"
                    .formatted(String.join(", ", columns), TABLE))) {
      if (!row.next()) {
        throw new SQLException("The product's database has no run to repeat");
      }
      for (int i = 1; i <= columns.size(); i++) {
        template.add(row.getObject(i));
      }
    }
  }

  private void require(String pragma, String value) throws SQLException {
    String found = strings("PRAGMA " + pragma).get(0);
    if (!found.equals(value)) {
      throw new SQLException("PRAGMA %s is %s, not %s".formatted(pragma, found, value));
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
