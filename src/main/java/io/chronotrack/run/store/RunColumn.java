package io.chronotrack.run.store;

import io.chronotrack.run.JobRun;
import io.chronotrack.run.Metadata;
import io.chronotrack.run.RunPace;
import io.chronotrack.run.RunStatus;
import io.chronotrack.run.RunTimes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the table {@code job_runs} that are written, in the order in which statements name
 * them. Times are milliseconds since 1970 in UTC.
 */
enum RunColumn {
  ID(1, Types.BIGINT),
  PROJECT_ID(2, Types.BIGINT),
  JOB_ID(3, Types.BIGINT),
  EXTERNAL_ID(4, Types.VARCHAR),
  TRACEPARENT(5, Types.VARCHAR),
  CREATED_AT(6, Types.BIGINT),
  STATUS(7, Types.VARCHAR),
  STARTED_AT(8, Types.BIGINT),
  FINISHED_AT(9, Types.BIGINT),
  QUEUE_MS(10, Types.BIGINT),
  DURATION_VS_MEDIAN(11, Types.DOUBLE),
  SLOWER_THAN_USUAL(12, Types.BOOLEAN),
  ERROR_MESSAGE(13, Types.VARCHAR),
  METADATA(14, Types.VARCHAR),
  UPDATED_AT(15, Types.BIGINT),
  VERSION(16, Types.BIGINT);

  static final Set<RunColumn> ALL = Collections.unmodifiableSet(EnumSet.allOf(RunColumn.class));

  /** Those that another version of a run may have another value in. */
  static final Set<RunColumn> CHANGING =
      Collections.unmodifiableSet(EnumSet.range(STATUS, VERSION));

  private final int place;
  private final int type;

  /**
   * @param place in statements that name all columns, from 1
   * @param type of {@link Types}
   */
  RunColumn(int place, int type) {
    this.place = place;
    this.type = type;
  }

  /** Those that two versions of a run differ in. */
  static Set<RunColumn> changed(JobRun before, JobRun after) {
    Set<RunColumn> changed = EnumSet.noneOf(RunColumn.class);
    for (RunColumn column : CHANGING) {
      if (!Objects.equals(column.of(before), column.of(after))) {
        changed.add(column);
      }
    }
    return changed;
  }

  /** Its name in statements. */
  String sql() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a run has in it. */
  private @Nullable Object of(JobRun run) {
    return switch (this) {
      case ID -> run.id();
      case PROJECT_ID -> run.projectId();
      case JOB_ID -> run.jobId();
      case EXTERNAL_ID -> run.externalId();
      case TRACEPARENT -> run.traceparent();
      case CREATED_AT -> run.createdAt().toEpochMilli();
      case STATUS -> run.status().name();
      case STARTED_AT -> millis(run.times().startedAt());
      case FINISHED_AT -> millis(run.times().finishedAt());
      case QUEUE_MS -> run.pace().queueMs();
      case DURATION_VS_MEDIAN -> run.pace().durationVsMedian();
      case SLOWER_THAN_USUAL -> run.pace().slowerThanUsual();
      case ERROR_MESSAGE -> run.errorMessage();
      case METADATA -> run.metadata() == null ? null : run.metadata().json();
      case UPDATED_AT -> run.updatedAt().toEpochMilli();
      case VERSION -> run.version();
    };
  }

  /** Sets what a run has in it. */
  void set(PreparedStatement statement, int place, JobRun run) throws SQLException {
    Object set = of(run);
    if (set == null) {
      statement.setNull(place, type);
    } else {
      statement.setObject(place, set, type);
    }
  }

  /** The run of a row that has all columns. */
  static JobRun read(ResultSet row) throws SQLException {
    String metadata = row.getString(METADATA.place);
    return new JobRun(
        row.getLong(ID.place),
        row.getLong(PROJECT_ID.place),
        row.getLong(JOB_ID.place),
        row.getString(EXTERNAL_ID.place),
        RunStatus.valueOf(row.getString(STATUS.place)),
        new RunTimes(STARTED_AT.time(row), FINISHED_AT.time(row)),
        new RunPace(
            QUEUE_MS.number(row),
            DURATION_VS_MEDIAN.fraction(row),
            row.getBoolean(SLOWER_THAN_USUAL.place),
            false),
        row.getString(ERROR_MESSAGE.place),
        metadata == null ? null : new Metadata(metadata),
        row.getString(TRACEPARENT.place),
        Instant.ofEpochMilli(row.getLong(CREATED_AT.place)),
        Instant.ofEpochMilli(row.getLong(UPDATED_AT.place)),
        row.getLong(VERSION.place));
  }

  private @Nullable Long number(ResultSet row) throws SQLException {
    long number = row.getLong(place);
    return row.wasNull() ? null : number;
  }

  private @Nullable Double fraction(ResultSet row) throws SQLException {
    double fraction = row.getDouble(place);
    return row.wasNull() ? null : fraction;
  }

  private @Nullable Instant time(ResultSet row) throws SQLException {
    long millis = row.getLong(place);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
