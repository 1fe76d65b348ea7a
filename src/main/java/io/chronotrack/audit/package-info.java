/**
 * What was done, by whom, when and from where: every change to projects, jobs and keys, and every
 * attempt that was refused for lack of permission.
 *
 * <p>An entry is stored in the transaction of the change that it tells of. Each has a hash over
 * itself and the hash of the entry before it, so that an entry that was changed, added or taken
 * away afterwards is found.
 */
@NullMarked
package io.chronotrack.audit;

import org.jspecify.annotations.NullMarked;
