-- Answers to requests with an Idempotency-Key, for those who repeat them. The id is a digest of caller,
-- project, path and key; the key itself is not here.
CREATE TABLE idempotency_keys (
  id         text    COLLATE "C" PRIMARY KEY,
  payload    text    NOT NULL,
  status     integer NOT NULL,
  location   text,
  version    bigint,
  body       text    NOT NULL,
  created_at bigint  NOT NULL
);

CREATE INDEX idempotency_keys_oldest ON idempotency_keys (created_at);
