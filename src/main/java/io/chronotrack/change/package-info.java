/**
 * How a client changes something that exists: what a merge patch says of one member, and which
 * version the client believes to be changing.
 *
 * <p>Plain values, used by the domain and by the HTTP side alike.
 */
@NullMarked
package io.chronotrack.change;

import org.jspecify.annotations.NullMarked;
