/**
 * Starts and stops the executable jar: Payara Micro with the application inside.
 *
 * <p>These classes lie in the root of {@code chronotrack.jar}, not in the WAR, and depend on the
 * JDK, Payara Micro's boot API and {@link io.chronotrack.config.AppConfig} alone. They exist
 * because the server's own main class hides failures: it never sets an exit status, it goes on
 * without the application when a deployment fails, and it cuts running requests when it is told to
 * stop.
 *
 * <p>What a start promises: it either ends with a line that names the address to open, or the
 * process ends with a status that is not zero and says why. What a stop promises: requests in
 * flight are answered, the application closes what it opened, nothing stays behind on the disk, and
 * the status is zero.
 */
@NullMarked
package io.chronotrack.launcher;

import org.jspecify.annotations.NullMarked;
