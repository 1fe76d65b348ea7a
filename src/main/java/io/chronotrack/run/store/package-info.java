/** Where runs and their events are kept: through JPA, or in memory, under one contract. */
@NullMarked
package io.chronotrack.run.store;

import org.jspecify.annotations.NullMarked;
