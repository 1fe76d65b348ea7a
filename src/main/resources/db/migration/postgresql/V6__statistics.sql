-- How fast a run was. The rows that are there are told by their events how long they waited; nothing was
-- usual when they ended.
ALTER TABLE job_runs
  ADD COLUMN queue_ms           bigint CHECK (queue_ms >= 0),
  ADD COLUMN duration_vs_median double precision CHECK (duration_vs_median >= 0),
  ADD COLUMN slower_than_usual  boolean NOT NULL DEFAULT false;

UPDATE job_runs SET queue_ms = greatest(0, started_at - created_at)
WHERE id IN (SELECT run_id FROM run_events WHERE from_status = 'PENDING' AND to_status = 'RUNNING');

CREATE INDEX job_runs_slower_newest     ON job_runs (project_id, created_at, id)
  WHERE slower_than_usual;
CREATE INDEX job_runs_job_slower_newest ON job_runs (project_id, job_id, created_at, id)
  WHERE slower_than_usual;

-- Runs that have ended, counted in the transaction that ends them. A row is about
--   kind 1: a job; its last durations, and its last days (hour is 0)
--   kind 2: a job, and an hour since 1970 in UTC
--   kind 3: a project, and an hour since 1970 in UTC
-- Several rows about the same, told apart by their shards, add up. The content is binary: counts, sums
-- and sketches of quantiles, by quarters of an hour or by days.
CREATE TABLE run_statistics (
  kind     integer  NOT NULL CHECK (kind IN (1, 2, 3)),
  owner_id bigint   NOT NULL,
  hour     bigint   NOT NULL,
  shard    bigint   NOT NULL,
  content  bytea    NOT NULL,
  PRIMARY KEY (kind, owner_id, hour, shard)
) WITH (fillfactor = 70); -- A row is written again and again, and stays on its page while there is room.

-- Whether all runs have been counted that ended before there were statistics: done by the next start.
CREATE TABLE statistics_state (
  id          bigint  PRIMARY KEY CHECK (id = 1),
  is_complete boolean NOT NULL
);

INSERT INTO statistics_state (id, is_complete) SELECT 1, NOT EXISTS (SELECT 1 FROM job_runs);
