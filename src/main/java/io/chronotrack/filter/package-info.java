/**
 * How things are looked for: filter expressions, such as {@code status = "FAILED" AND NOT
 * metadata.env = "test"}, by their grammar, and texts. What the fields mean is known where the
 * things are that are filtered.
 */
@NullMarked
package io.chronotrack.filter;

import org.jspecify.annotations.NullMarked;
