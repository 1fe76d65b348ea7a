/** Lists that are read a page at a time, by position and never by counting rows. */
@NullMarked
package io.chronotrack.page;

import org.jspecify.annotations.NullMarked;
