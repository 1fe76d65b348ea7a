/**
 * Moving over: all rows of one database, ids included, into an empty one of the other kind. What it
 * promises: the service refuses a database that is half filled; a copy that was interrupted goes on
 * where it stopped; and it is finished only after every row was found alike on both sides.
 *
 * <p>It works without a server, so that nothing here may need a Jakarta API.
 */
@NullMarked
package io.chronotrack.copy;

import org.jspecify.annotations.NullMarked;
