package io.chronotrack.copy;

/** A column of a table, of the same name in both databases. */
record Column(String name, ColumnType type) {}
