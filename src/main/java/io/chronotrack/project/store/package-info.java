/** Where projects are kept: in a database through JPA, or in memory, under one contract. */
@NullMarked
package io.chronotrack.project.store;

import org.jspecify.annotations.NullMarked;
