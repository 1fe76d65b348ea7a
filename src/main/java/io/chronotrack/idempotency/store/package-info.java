/** Where answers are kept: through JPA, or in memory. */
@NullMarked
package io.chronotrack.idempotency.store;

import org.jspecify.annotations.NullMarked;
