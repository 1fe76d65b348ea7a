/**
 * All runs that a client asks for, as one file: read page by page while they are written, so that
 * no more than a page of them is in memory.
 */
@NullMarked
package io.chronotrack.run.export;

import org.jspecify.annotations.NullMarked;
