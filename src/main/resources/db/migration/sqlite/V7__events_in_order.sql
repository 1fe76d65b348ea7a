-- In which order events were committed, so that whoever follows runs misses none and can go on later.
-- There is one writer, which counts. The events that are there are nobody's news: they have no number,
-- and no entry in the index.
ALTER TABLE run_events ADD COLUMN sequence INTEGER CHECK (sequence >= 1);

-- The rest of the order, run and version, is the primary key and so in every index.
CREATE INDEX run_events_in_order ON run_events (sequence) WHERE sequence IS NOT NULL;
