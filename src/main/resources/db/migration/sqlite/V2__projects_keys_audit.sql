-- Every job, and through it every run, belongs to a project; who may do what there; what was done.
-- What there was before lands in the project "default".

CREATE TABLE projects (
  id         INTEGER PRIMARY KEY,
  key        TEXT    NOT NULL UNIQUE CHECK (key <> ''),
  name       TEXT    NOT NULL CHECK (name <> ''),
  archived   INTEGER NOT NULL CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version    INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE INDEX projects_newest          ON projects (created_at);
CREATE INDEX projects_archived_newest ON projects (archived, created_at);

INSERT INTO projects (id, key, name, archived, created_at, updated_at, version)
SELECT 1, 'default', 'Default', 0, now, now, 1
FROM (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now);

-- A column with a reference cannot be added to a table that has rows, so the tables are made anew and
-- filled. So are the events, though nothing of them changes: dropping a table that rows refer to counts
-- as many broken references as there are rows, and no other table of its name makes up for them.
CREATE TABLE jobs_with_project (
  id          INTEGER PRIMARY KEY,
  project_id  INTEGER NOT NULL REFERENCES projects (id),
  name        TEXT    NOT NULL CHECK (name <> ''),
  description TEXT,
  type        TEXT,
  archived    INTEGER NOT NULL CHECK (archived IN (0, 1)),
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  version     INTEGER NOT NULL CHECK (version >= 1),
  -- What a run refers to, so that it cannot be in another project than its job.
  UNIQUE (id, project_id)
) STRICT;

INSERT INTO jobs_with_project
  (id, project_id, name, description, type, archived, created_at, updated_at, version)
SELECT id, 1, name, description, type, archived, created_at, updated_at, version
FROM jobs ORDER BY id;

CREATE TABLE job_runs_with_project (
  id            INTEGER PRIMARY KEY,
  project_id    INTEGER NOT NULL,
  job_id        INTEGER NOT NULL,
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
    END),
  FOREIGN KEY (job_id, project_id) REFERENCES jobs_with_project (id, project_id)
) STRICT;

INSERT INTO job_runs_with_project
  (id, project_id, job_id, status, started_at, finished_at, error_message, metadata, traceparent,
   created_at, updated_at, version)
SELECT id, 1, job_id, status, started_at, finished_at, error_message, metadata, traceparent,
   created_at, updated_at, version
FROM job_runs ORDER BY id;

CREATE TABLE run_events_with_project (
  run_id      INTEGER NOT NULL
              REFERENCES job_runs_with_project (id) DEFERRABLE INITIALLY DEFERRED,
  version     INTEGER NOT NULL CHECK (version >= 1),
  type        TEXT    NOT NULL CHECK (type IN ('CREATED', 'STATUS_CHANGED', 'AMENDED')),
  from_status TEXT,
  to_status   TEXT    NOT NULL,
  changed     TEXT    NOT NULL,
  occurred_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (run_id, version)
) STRICT, WITHOUT ROWID;

INSERT INTO run_events_with_project
  (run_id, version, type, from_status, to_status, changed, occurred_at, recorded_at)
SELECT run_id, version, type, from_status, to_status, changed, occurred_at, recorded_at
FROM run_events ORDER BY run_id, version;

-- What refers goes before what it refers to.
DROP TABLE run_events;
DROP TABLE job_runs;
DROP TABLE jobs;
-- Renaming changes the references of other tables as well.
ALTER TABLE jobs_with_project RENAME TO jobs;
ALTER TABLE job_runs_with_project RENAME TO job_runs;
ALTER TABLE run_events_with_project RENAME TO run_events;

CREATE INDEX jobs_newest          ON jobs (project_id, created_at);
CREATE INDEX jobs_archived_newest ON jobs (project_id, archived, created_at);
CREATE INDEX jobs_type_newest     ON jobs (project_id, type, created_at);
CREATE INDEX jobs_name_newest     ON jobs (project_id, name, created_at);

CREATE INDEX job_runs_newest            ON job_runs (project_id, created_at);
CREATE INDEX job_runs_status_newest     ON job_runs (project_id, status, created_at);
CREATE INDEX job_runs_job_newest        ON job_runs (project_id, job_id, created_at);
CREATE INDEX job_runs_job_status_newest ON job_runs (project_id, job_id, status, created_at);

-- The secret part of a key is not here: what is stored is a keyed hash of the whole key.
CREATE TABLE api_keys (
  id           INTEGER PRIMARY KEY,
  project_id   INTEGER NOT NULL REFERENCES projects (id),
  name         TEXT    NOT NULL CHECK (name <> ''),
  lookup       TEXT    NOT NULL UNIQUE,
  hash         TEXT    NOT NULL,
  role         TEXT    NOT NULL CHECK (role IN ('VIEWER', 'REPORTER', 'OPERATOR', 'ADMIN', 'SYSTEM')),
  narrowed_to  TEXT    CHECK (narrowed_to IN ('READ', 'REPORT')),
  jobs         TEXT    CHECK (json_valid(jobs)),
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  last_used_at INTEGER,
  revoked_at   INTEGER,
  version      INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE INDEX api_keys_newest ON api_keys (project_id, created_at);

-- Each entry's hash covers the entry and the hash of the one before it. The project is 0 where
-- something concerns the installation and no project.
CREATE TABLE audit (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  actor      TEXT    NOT NULL,
  action     TEXT    NOT NULL,
  subject    TEXT    NOT NULL,
  outcome    TEXT    NOT NULL CHECK (outcome IN ('DONE', 'REFUSED')),
  address    TEXT    NOT NULL,
  before     TEXT    CHECK (json_valid(before)),
  after      TEXT    CHECK (json_valid(after)),
  hash       TEXT    NOT NULL
) STRICT;

-- Every index ends with the row's id without saying so, which is the order of the list.
CREATE INDEX audit_newest         ON audit (project_id);
CREATE INDEX audit_actor_newest   ON audit (project_id, actor);
CREATE INDEX audit_action_newest  ON audit (project_id, action);
CREATE INDEX audit_subject_newest ON audit (project_id, subject);
CREATE INDEX audit_outcome_newest ON audit (project_id, outcome);

-- The end of the chain: whoever appends changes this row first, and so takes turns.
CREATE TABLE audit_head (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  last_id INTEGER NOT NULL,
  hash    TEXT    NOT NULL
) STRICT;

INSERT INTO audit_head (id, last_id, hash) VALUES (1, 0, '');

-- Tells whether the secret that keys are hashed with is the one that they were hashed with before.
CREATE TABLE key_check (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  hash TEXT    NOT NULL
) STRICT;
