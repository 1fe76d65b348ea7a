/**
 * Which runs are asked for, as values, and how they can be found at a cost that does not depend on
 * how many there are.
 *
 * <p>A {@link io.chronotrack.run.query.RunQuery} says what is wanted. {@link
 * io.chronotrack.run.query.RunIndex} is the one table of the orders that runs are kept in, and
 * {@link io.chronotrack.run.query.RunAccess} decides by it how a query is read, or refuses it.
 */
@NullMarked
package io.chronotrack.run.query;

import org.jspecify.annotations.NullMarked;
