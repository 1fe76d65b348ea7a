/** Where keys are kept: in a database through JPA, or in memory, under one contract. */
@NullMarked
package io.chronotrack.key.store;

import org.jspecify.annotations.NullMarked;
