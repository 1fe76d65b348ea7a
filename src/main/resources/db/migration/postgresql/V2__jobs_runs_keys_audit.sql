-- Versions are those of SQLite's migrations with the same tables; the first that there is here is 2.
--
-- Times are milliseconds since 1970-01-01T00:00:00Z, so that they sort and subtract as they are. Texts
-- that are looked for have the collation "C": they are equal when their bytes are, on every server, and
-- an update of the system's locales leaves their indexes whole. JSON is text, as it was sent: checked,
-- and not taken apart.
--
-- Each process takes ids from a sequence by the block, hence the increments.

CREATE TABLE projects (
  id         bigint  PRIMARY KEY,
  key        text    COLLATE "C" NOT NULL UNIQUE CHECK (key <> ''),
  name       text    NOT NULL CHECK (name <> ''),
  archived   boolean NOT NULL,
  created_at bigint  NOT NULL,
  updated_at bigint  NOT NULL,
  version    bigint  NOT NULL CHECK (version >= 1)
);

CREATE INDEX projects_newest          ON projects (created_at, id);
CREATE INDEX projects_archived_newest ON projects (archived, created_at, id);

INSERT INTO projects (id, key, name, archived, created_at, updated_at, version)
SELECT 1, 'default', 'Default', false, now, now, 1
FROM (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now) AS clock;

-- Past the project that is there.
CREATE SEQUENCE projects_ids INCREMENT BY 64 START WITH 65;

CREATE TABLE jobs (
  id          bigint  PRIMARY KEY,
  project_id  bigint  NOT NULL REFERENCES projects (id),
  name        text    COLLATE "C" NOT NULL CHECK (name <> ''),
  description text,
  type        text    COLLATE "C",
  archived    boolean NOT NULL,
  created_at  bigint  NOT NULL,
  updated_at  bigint  NOT NULL,
  version     bigint  NOT NULL CHECK (version >= 1),
  -- What a run refers to, so that it cannot be in another project than its job.
  UNIQUE (id, project_id)
);

CREATE INDEX jobs_newest          ON jobs (project_id, created_at, id);
CREATE INDEX jobs_archived_newest ON jobs (project_id, archived, created_at, id);
CREATE INDEX jobs_type_newest     ON jobs (project_id, type, created_at, id);
CREATE INDEX jobs_name_newest     ON jobs (project_id, name, created_at, id);

CREATE SEQUENCE jobs_ids INCREMENT BY 64 START WITH 64;

CREATE TABLE job_runs (
  id            bigint NOT NULL PRIMARY KEY,
  project_id    bigint NOT NULL,
  job_id        bigint NOT NULL,
  status        text   COLLATE "C" NOT NULL,
  started_at    bigint,
  finished_at   bigint CHECK (finished_at >= started_at),
  error_message text,
  metadata      text   CHECK (metadata IS NULL OR metadata::json IS NOT NULL),
  traceparent   text,
  created_at    bigint NOT NULL,
  updated_at    bigint NOT NULL,
  version       bigint NOT NULL CHECK (version >= 1),
  CHECK (
    CASE status
      WHEN 'PENDING'   THEN started_at IS NULL     AND finished_at IS NULL
      WHEN 'RUNNING'   THEN started_at IS NOT NULL AND finished_at IS NULL
      WHEN 'SUCCESS'   THEN started_at IS NOT NULL AND finished_at IS NOT NULL
      WHEN 'FAILED'    THEN started_at IS NOT NULL AND finished_at IS NOT NULL
      WHEN 'CANCELLED' THEN finished_at IS NOT NULL
      ELSE false
    END),
  FOREIGN KEY (job_id, project_id) REFERENCES jobs (id, project_id)
);

CREATE INDEX job_runs_newest            ON job_runs (project_id, created_at, id);
CREATE INDEX job_runs_status_newest     ON job_runs (project_id, status, created_at, id);
CREATE INDEX job_runs_job_newest        ON job_runs (project_id, job_id, created_at, id);
CREATE INDEX job_runs_job_status_newest ON job_runs (project_id, job_id, status, created_at, id);

CREATE SEQUENCE job_runs_ids INCREMENT BY 64 START WITH 64;

-- One event per version of a run. The reference is checked at the commit, so that rows of a
-- transaction may be written in any order.
CREATE TABLE run_events (
  run_id      bigint NOT NULL REFERENCES job_runs (id) DEFERRABLE INITIALLY DEFERRED,
  version     bigint NOT NULL CHECK (version >= 1),
  type        text   NOT NULL CHECK (type IN ('CREATED', 'STATUS_CHANGED', 'AMENDED')),
  from_status text,
  to_status   text   NOT NULL,
  changed     text   NOT NULL,
  occurred_at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  PRIMARY KEY (run_id, version)
);

-- The secret part of a key is not here: what is stored is a keyed hash of the whole key.
CREATE TABLE api_keys (
  id           bigint PRIMARY KEY,
  project_id   bigint NOT NULL REFERENCES projects (id),
  name         text   NOT NULL CHECK (name <> ''),
  lookup       text   COLLATE "C" NOT NULL UNIQUE,
  hash         text   NOT NULL,
  role         text   NOT NULL CHECK (role IN ('VIEWER', 'REPORTER', 'OPERATOR', 'ADMIN', 'SYSTEM')),
  narrowed_to  text   CHECK (narrowed_to IN ('READ', 'REPORT')),
  jobs         text   CHECK (jobs IS NULL OR jobs::json IS NOT NULL),
  created_at   bigint NOT NULL,
  expires_at   bigint,
  last_used_at bigint,
  revoked_at   bigint,
  version      bigint NOT NULL CHECK (version >= 1)
);

CREATE INDEX api_keys_newest ON api_keys (project_id, created_at, id);

CREATE SEQUENCE api_keys_ids INCREMENT BY 64 START WITH 64;

-- Each entry's hash covers the entry and the hash of the one before it. The project is 0 where
-- something concerns the installation and no project.
CREATE TABLE audit (
  id         bigint PRIMARY KEY,
  at         bigint NOT NULL,
  project_id bigint NOT NULL,
  actor      text   COLLATE "C" NOT NULL,
  action     text   COLLATE "C" NOT NULL,
  subject    text   COLLATE "C" NOT NULL,
  outcome    text   COLLATE "C" NOT NULL CHECK (outcome IN ('DONE', 'REFUSED')),
  address    text   NOT NULL,
  before     text   CHECK (before IS NULL OR before::json IS NOT NULL),
  after      text   CHECK (after IS NULL OR after::json IS NOT NULL),
  hash       text   NOT NULL
);

CREATE INDEX audit_newest         ON audit (project_id, id);
CREATE INDEX audit_actor_newest   ON audit (project_id, actor, id);
CREATE INDEX audit_action_newest  ON audit (project_id, action, id);
CREATE INDEX audit_subject_newest ON audit (project_id, subject, id);
CREATE INDEX audit_outcome_newest ON audit (project_id, outcome, id);

-- The end of the chain: whoever appends locks this row first, and so takes turns.
CREATE TABLE audit_head (
  id      bigint PRIMARY KEY CHECK (id = 1),
  last_id bigint NOT NULL,
  hash    text   NOT NULL
);

INSERT INTO audit_head (id, last_id, hash) VALUES (1, 0, '');

-- Tells whether the secret that keys are hashed with is the one that they were hashed with before.
CREATE TABLE key_check (
  id   bigint PRIMARY KEY CHECK (id = 1),
  hash text   NOT NULL
);

-- Written by the readiness check, to know whether the database can be written.
CREATE TABLE write_probe (
  id        bigint PRIMARY KEY CHECK (id = 1),
  probed_at bigint NOT NULL
);
