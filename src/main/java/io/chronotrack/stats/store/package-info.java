/**
 * Where statistics are kept: in a database, or in memory, under one contract; and the way to count
 * all runs of a database anew.
 *
 * <p>In a database they are counted for a whole transaction in memory and added to their rows at
 * its end: a row is read and written once, however many runs of the transaction it counts, and
 * whoever writes side by side with others holds it for the moment of the commit only.
 */
@NullMarked
package io.chronotrack.stats.store;

import org.jspecify.annotations.NullMarked;
