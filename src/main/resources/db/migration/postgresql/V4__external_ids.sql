-- A client's own id of a run. Runs without one are not in the index.

ALTER TABLE job_runs ADD COLUMN external_id text COLLATE "C" CHECK (external_id <> '');

CREATE UNIQUE INDEX job_runs_external_id ON job_runs (job_id, external_id)
  WHERE external_id IS NOT NULL;
