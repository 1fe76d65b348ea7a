/**
 * ChronoTrack tracks jobs and their runs over HTTP.
 *
 * <p>This root package wires the rooms below it together; nothing depends on it. The way of a
 * request: a resource binds and checks it, a service opens the transaction and asks the
 * repositories, the domain decides, and the answer goes back out as a view.
 */
@NullMarked
package io.chronotrack;

import org.jspecify.annotations.NullMarked;
