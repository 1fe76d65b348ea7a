/**
 * Where audit entries are kept: in a database through JPA, or in memory, under one contract; and
 * the check whether what is kept in a database is still what was written.
 */
@NullMarked
package io.chronotrack.audit.store;

import org.jspecify.annotations.NullMarked;
