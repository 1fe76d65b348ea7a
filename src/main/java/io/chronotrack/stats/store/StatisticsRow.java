package io.chronotrack.stats.store;

/**
 * A row of the table {@code run_statistics}.
 *
 * @param key what it is about
 * @param shard tells it from others about the same, of which it is the sum
 * @param content what it tells; see {@link Addition}
 */
// An array in a record: it is handed on, and never compared.
@SuppressWarnings("ArrayRecordComponent")
record StatisticsRow(StatisticsKey key, long shard, byte[] content) {}
