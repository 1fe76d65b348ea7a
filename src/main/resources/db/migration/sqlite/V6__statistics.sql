-- How fast a run was. The rows that are there are told by their events how long they waited; nothing was
-- usual when they ended.
ALTER TABLE job_runs ADD COLUMN queue_ms INTEGER CHECK (queue_ms >= 0);
ALTER TABLE job_runs ADD COLUMN duration_vs_median REAL CHECK (duration_vs_median >= 0);
ALTER TABLE job_runs ADD COLUMN slower_than_usual INTEGER NOT NULL DEFAULT 0
  CHECK (slower_than_usual IN (0, 1));

UPDATE job_runs SET queue_ms = max(0, started_at - created_at)
WHERE id IN (SELECT run_id FROM run_events WHERE from_status = 'PENDING' AND to_status = 'RUNNING');

CREATE INDEX job_runs_slower_newest ON job_runs (project_id, created_at)
  WHERE slower_than_usual = 1;
CREATE INDEX job_runs_job_slower_newest ON job_runs (project_id, job_id, created_at)
  WHERE slower_than_usual = 1;

-- Runs that have ended, counted in the transaction that ends them. A row is about
--   kind 1: a job; its last durations, and its last days (hour is 0)
--   kind 2: a job, and an hour since 1970 in UTC
--   kind 3: a project, and an hour since 1970 in UTC
-- The content is binary: counts, sums and sketches of quantiles, by quarters of an hour or by days.
CREATE TABLE run_statistics (
  kind     INTEGER NOT NULL CHECK (kind IN (1, 2, 3)),
  owner_id INTEGER NOT NULL,
  hour     INTEGER NOT NULL,
  shard    INTEGER NOT NULL,
  content  BLOB    NOT NULL,
  PRIMARY KEY (kind, owner_id, hour, shard)
) STRICT, WITHOUT ROWID;

-- Whether all runs have been counted that ended before there were statistics: done by the next start.
CREATE TABLE statistics_state (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1))
) STRICT;

INSERT INTO statistics_state (id, is_complete) SELECT 1, NOT EXISTS (SELECT 1 FROM job_runs);
