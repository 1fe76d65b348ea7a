package io.chronotrack.run.query;

import io.chronotrack.run.RunStatus;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The orders that runs are kept in: the one table of what can be listed without reading more than a
 * page. Each constant is an index of the database, over what it is pinned to and then what it is
 * sorted by; the more specific come first.
 *
 * <p>Each index is paid for by the writes that touch it. Those for what a run gets later than its
 * creation have no entry before, so that announcing a run costs nothing more.
 */
public enum RunIndex {
  /** The one run of a job with an external id, which is in any order by itself. */
  JOB_EXTERNAL_ID("job_runs_external_id", null, EnumSet.of(Pin.JOB, Pin.EXTERNAL_ID), null),
  /** Runs of several jobs that share an external id. */
  EXTERNAL_ID_NEWEST(
      "job_runs_external_id_newest", RunMeasure.CREATED_AT, EnumSet.of(Pin.EXTERNAL_ID), null),
  /** What became of a job lately. */
  JOB_STATUS_NEWEST(
      "job_runs_job_status_newest", RunMeasure.CREATED_AT, EnumSet.of(Pin.JOB, Pin.STATUS), null),
  /** The history of a job. */
  JOB_NEWEST("job_runs_job_newest", RunMeasure.CREATED_AT, EnumSet.of(Pin.JOB), null),
  /** What failed lately, what waits. */
  STATUS_NEWEST("job_runs_status_newest", RunMeasure.CREATED_AT, EnumSet.of(Pin.STATUS), null),
  /** The history of a project. */
  NEWEST("job_runs_newest", RunMeasure.CREATED_AT, EnumSet.noneOf(Pin.class), null),
  /** The history of a job by the client's times. */
  JOB_STARTED("job_runs_job_started", RunMeasure.STARTED_AT, EnumSet.of(Pin.JOB), null),
  /** What has been running for longest; has an entry only while a run is running. */
  RUNNING_STARTED(
      "job_runs_running_started",
      RunMeasure.STARTED_AT,
      EnumSet.noneOf(Pin.class),
      EnumSet.of(RunStatus.RUNNING)),
  /** The history of a project by the client's times. */
  STARTED("job_runs_started", RunMeasure.STARTED_AT, EnumSet.noneOf(Pin.class), null),
  /** What a job finished lately. */
  JOB_FINISHED("job_runs_job_finished", RunMeasure.FINISHED_AT, EnumSet.of(Pin.JOB), null),
  /** What went wrong lately; a run that succeeds has no entry. */
  UNSUCCESSFUL_FINISHED(
      "job_runs_unsuccessful_finished",
      RunMeasure.FINISHED_AT,
      EnumSet.of(Pin.STATUS),
      EnumSet.of(RunStatus.FAILED, RunStatus.CANCELLED)),
  /** What was finished lately. */
  FINISHED("job_runs_finished", RunMeasure.FINISHED_AT, EnumSet.noneOf(Pin.class), null),
  /** The longest and shortest runs of a job. */
  JOB_DURATION("job_runs_job_duration", RunMeasure.DURATION_MS, EnumSet.of(Pin.JOB), null),
  /** The longest and shortest runs of a project. */
  DURATION("job_runs_duration", RunMeasure.DURATION_MS, EnumSet.noneOf(Pin.class), null);

  /** What an index can be entered at. */
  public enum Pin {
    JOB,
    STATUS,
    EXTERNAL_ID
  }

  private final String indexName;
  private final @Nullable RunMeasure measure;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody gets it but as an unmodifiable one.
  private final Set<Pin> pins;

  @SuppressWarnings("ImmutableEnumChecker") // As well.
  private final @Nullable Set<RunStatus> only;

  /**
   * @param indexName in the database
   * @param measure what its entries are sorted by; {@code null} where there is one at most
   * @param pins what has to be known to enter it
   * @param only the statuses of the runs that it has; {@code null} for all
   */
  RunIndex(
      String indexName,
      @Nullable RunMeasure measure,
      Set<Pin> pins,
      @Nullable Set<RunStatus> only) {
    this.indexName = indexName;
    this.measure = measure;
    this.pins = pins;
    this.only = only;
  }

  /** The first that lists runs by this measure and can be entered. */
  static RunIndex of(RunMeasure measure, Set<Pin> known, @Nullable Set<RunStatus> statuses) {
    return Arrays.stream(values())
        .filter(index -> index.measure == null || index.measure == measure)
        .filter(index -> known.containsAll(index.pins))
        .filter(
            index -> index.only == null || (statuses != null && index.only.containsAll(statuses)))
        .findFirst()
        .orElseThrow();
  }

  /** Its name in the database. */
  public String indexName() {
    return indexName;
  }

  /** What its entries are sorted by; {@code null} where there is one at most. */
  public @Nullable RunMeasure measure() {
    return measure;
  }

  /** What has to be known to enter it. */
  public Set<Pin> pins() {
    return Collections.unmodifiableSet(pins);
  }

  /** Whether it has to be entered at one value of this. */
  public boolean isPinnedTo(Pin pin) {
    return pins.contains(pin);
  }

  /** The statuses of the runs that it has; {@code null} for all. */
  public @Nullable Set<RunStatus> only() {
    return only == null ? null : Collections.unmodifiableSet(only);
  }

  /** Whether it takes care of a condition on the status. */
  boolean servesStatus() {
    return pins.contains(Pin.STATUS) || (only != null && only.size() == 1);
  }
}
