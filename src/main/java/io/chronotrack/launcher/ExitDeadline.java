package io.chronotrack.launcher;

import java.time.Duration;

/** Ends the process at a moment when it should have ended by itself. */
final class ExitDeadline {

  private ExitDeadline() {}

  /**
   * @param delay time from now until the process ends at the latest
   * @param status what it then tells its parent
   * @param lastWords done right before; must not block
   */
  static void in(Duration delay, ExitStatus status, Runnable lastWords) {
    var thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(delay.toMillis());
                lastWords.run();
              } catch (InterruptedException e) {
                // Nobody but the end of the process interrupts this thread.
                Thread.currentThread().interrupt();
              } finally {
                // Not exit(): it would wait for the very thing that is late.
                Runtime.getRuntime().halt(status.code());
              }
            },
            "exit-deadline");
    thread.setDaemon(true);
    thread.start();
  }
}
