package io.chronotrack.config;

/** Where jobs and runs are kept. */
public enum StorageKind {
  /** In one SQLite file that this process owns; the default. */
  SQLITE,
  /** In a PostgreSQL database, which any number of processes may share. */
  POSTGRESQL,
  /** In the heap, gone with the process: for demonstrations and tests of clients. */
  MEMORY
}
