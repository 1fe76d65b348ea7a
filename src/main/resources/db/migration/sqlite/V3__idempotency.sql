-- Answers to requests with an Idempotency-Key, for those who repeat them. The id is a digest of caller,
-- project, path and key; the key itself is not here.
--
-- With a rowid of its own: the digests come in no order, and of a table that is kept by them every new
-- answer, with all its text, would go to another page.
CREATE TABLE idempotency_keys (
  id         TEXT    PRIMARY KEY NOT NULL,
  payload    TEXT    NOT NULL,
  status     INTEGER NOT NULL,
  location   TEXT,
  version    INTEGER,
  body       TEXT    NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX idempotency_keys_oldest ON idempotency_keys (created_at);
