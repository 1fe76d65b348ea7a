/**
 * API keys: what programs show to say who they are.
 *
 * <p>The whole key is told once, to the one who asks for it; what is stored is a keyed hash. A key
 * belongs to one project, has one role, may expire, may be narrowed, and stops working within five
 * seconds on every instance once it is revoked.
 */
@NullMarked
package io.chronotrack.key;

import org.jspecify.annotations.NullMarked;
