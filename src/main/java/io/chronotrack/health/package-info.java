/** What orchestrators are told of the state of this process: MicroProfile Health. */
@NullMarked
package io.chronotrack.health;

import org.jspecify.annotations.NullMarked;
