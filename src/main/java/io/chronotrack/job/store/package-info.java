/** Where jobs are kept: in a database through JPA, or in memory, under one contract. */
@NullMarked
package io.chronotrack.job.store;

import org.jspecify.annotations.NullMarked;
