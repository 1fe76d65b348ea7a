/**
 * Who follows runs is told of each event as it is committed, once and in order.
 *
 * <p>A {@link io.chronotrack.run.stream.RunJournal} has the events of all runs in the order in
 * which they were committed. The {@link io.chronotrack.run.stream.RunFeed} reads it while somebody
 * listens, once for all, and hands what it finds to each {@link
 * io.chronotrack.run.stream.Follower}, which passes on what its client asked for and may see. A
 * place in the journal is the id of an event for clients, who go on behind it later, at any
 * instance.
 */
@NullMarked
package io.chronotrack.run.stream;

import org.jspecify.annotations.NullMarked;
