-- In which order events were committed, so that whoever follows runs misses none and can go on later.
-- Many write at a time, so no counter tells that order. The number of the transaction does nearly: what
-- is below the lowest number that is still running changes no more, and is read in the order of the
-- numbers. The events that are there are nobody's news: they have no number, and no entry in the index.
-- The default comes in a second step, because it would otherwise fill, and so rewrite, the table.
ALTER TABLE run_events ADD COLUMN sequence bigint CHECK (sequence >= 1);

-- How much is added to the numbers of transactions, which another cluster counts from its own beginning.
-- A start that finds numbers of such another cluster replaces this function (run.store.EventNumberShift).
CREATE FUNCTION run_events_shift() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT 0::bigint';

ALTER TABLE run_events
  ALTER COLUMN sequence SET DEFAULT pg_current_xact_id()::text::bigint + run_events_shift();

CREATE INDEX run_events_in_order ON run_events (sequence, run_id, version) WHERE sequence IS NOT NULL;
