-- Times are milliseconds since 1970-01-01T00:00:00Z, so that they sort and subtract as they are.
-- Every index ends with the row's id without saying so: in SQLite the id is the row's key.

CREATE TABLE jobs (
  id          INTEGER PRIMARY KEY,
  name        TEXT    NOT NULL CHECK (name <> ''),
  description TEXT,
  type        TEXT,
  archived    INTEGER NOT NULL CHECK (archived IN (0, 1)),
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  version     INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE INDEX jobs_newest          ON jobs (created_at);
CREATE INDEX jobs_archived_newest ON jobs (archived, created_at);
CREATE INDEX jobs_type_newest     ON jobs (type, created_at);
CREATE INDEX jobs_name_newest     ON jobs (name, created_at);

CREATE TABLE job_runs (
  id            INTEGER PRIMARY KEY,
  job_id        INTEGER NOT NULL REFERENCES jobs (id),
  status        TEXT    NOT NULL,
  started_at    INTEGER,
  finished_at   INTEGER CHECK (finished_at >= started_at),
  error_message TEXT,
  metadata      TEXT    CHECK (json_valid(metadata)),
  traceparent   TEXT,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  version       INTEGER NOT NULL CHECK (version >= 1),
  CHECK (
    CASE status
      WHEN 'PENDING'   THEN started_at IS NULL     AND finished_at IS NULL
      WHEN 'RUNNING'   THEN started_at IS NOT NULL AND finished_at IS NULL
      WHEN 'SUCCESS'   THEN started_at IS NOT NULL AND finished_at IS NOT NULL
      WHEN 'FAILED'    THEN started_at IS NOT NULL AND finished_at IS NOT NULL
      WHEN 'CANCELLED' THEN finished_at IS NOT NULL
      ELSE 0
    END)
) STRICT;

CREATE INDEX job_runs_newest            ON job_runs (created_at);
CREATE INDEX job_runs_status_newest     ON job_runs (status, created_at);
CREATE INDEX job_runs_job_newest        ON job_runs (job_id, created_at);
CREATE INDEX job_runs_job_status_newest ON job_runs (job_id, status, created_at);

-- One event per version of a run. The reference is checked at the commit, so that rows of a
-- transaction may be written in any order.
CREATE TABLE run_events (
  run_id      INTEGER NOT NULL REFERENCES job_runs (id) DEFERRABLE INITIALLY DEFERRED,
  version     INTEGER NOT NULL CHECK (version >= 1),
  type        TEXT    NOT NULL CHECK (type IN ('CREATED', 'STATUS_CHANGED', 'AMENDED')),
  from_status TEXT,
  to_status   TEXT    NOT NULL,
  changed     TEXT    NOT NULL,
  occurred_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (run_id, version)
) STRICT, WITHOUT ROWID;

-- Written by the readiness check, to know whether the database can be written.
CREATE TABLE write_probe (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  probed_at INTEGER NOT NULL
) STRICT;
