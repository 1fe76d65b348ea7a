-- Lists of runs in every order that the API offers, each read from an index. An index for what a run
-- gets later has no entry before: announcing a run touches none of them but those there were.
--
-- The duration follows from the times; nobody can store another one.

ALTER TABLE job_runs ADD COLUMN
  duration_ms INTEGER GENERATED ALWAYS AS (finished_at - started_at) VIRTUAL;

-- The history of a project and of a job: by start, by end, by duration.
CREATE INDEX job_runs_started      ON job_runs (project_id, started_at)
  WHERE started_at IS NOT NULL;
CREATE INDEX job_runs_job_started  ON job_runs (project_id, job_id, started_at)
  WHERE started_at IS NOT NULL;
CREATE INDEX job_runs_finished     ON job_runs (project_id, finished_at)
  WHERE finished_at IS NOT NULL;
CREATE INDEX job_runs_job_finished ON job_runs (project_id, job_id, finished_at)
  WHERE finished_at IS NOT NULL;
CREATE INDEX job_runs_duration     ON job_runs (project_id, duration_ms)
  WHERE duration_ms IS NOT NULL;
CREATE INDEX job_runs_job_duration ON job_runs (project_id, job_id, duration_ms)
  WHERE duration_ms IS NOT NULL;

-- What has been running for longest: as many entries as there are runs that run.
CREATE INDEX job_runs_running_started ON job_runs (project_id, started_at)
  WHERE status = 'RUNNING';

-- What went wrong lately: no entry for a run that succeeds.
CREATE INDEX job_runs_unsuccessful_finished ON job_runs (project_id, status, finished_at)
  WHERE status IN ('FAILED', 'CANCELLED');

-- Runs of several jobs that share an external id.
CREATE INDEX job_runs_external_id_newest ON job_runs (project_id, external_id, created_at)
  WHERE external_id IS NOT NULL;
