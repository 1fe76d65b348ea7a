package io.chronotrack.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Keeps the JVM's optimizing compiler out of the start.
 *
 * <p>A start reads tens of thousands of classes: scanners and class loaders become hot, the
 * compiler optimizes them in competition with the start for the same cores, and when it is done
 * they are not needed any more. The fast compiler's result is good enough for them. What is busy
 * once the service is ready is left to the JVM, which optimizes it with all that it calls.
 *
 * <p>A JVM takes such options on its command line, which {@code java -jar} leaves no room for and
 * which could not be taken back, or from itself, as compiler directives (JEP 165).
 */
final class StartCompilation {

  private static final Logger LOG = Logger.getLogger(StartCompilation.class.getName());

  private static final String DIRECTIVES = "[{match: \"*.*\", c2: {Exclude: true}}]";

  private static final String[] STRINGS = {String[].class.getName()};

  private StartCompilation() {}

  /**
   * Begins to keep it out. A JVM that does not understand starts slower, and no worse.
   *
   * @param file where the directives are written, since the JVM reads them from a file only
   */
  static void lighten(Path file) {
    try {
      Files.writeString(file, DIRECTIVES);
      tell("compilerDirectivesAdd", new Object[] {new String[] {file.toString()}}, STRINGS);
    } catch (IOException e) {
      LOG.log(Level.FINE, e, () -> "The compiler directives cannot be written");
    }
  }

  /** Lets it in: from now on, what is busy is worth its while. */
  static void end() {
    tell("compilerDirectivesRemove", new Object[0], new String[0]);
  }

  private static void tell(String operation, Object[] arguments, String[] types) {
    try {
      MBeanServer jvm = ManagementFactory.getPlatformMBeanServer();
      Object answer =
          jvm.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              operation,
              arguments,
              types);
      LOG.fine(() -> operation + ": " + answer);
    } catch (JMException e) {
      LOG.log(Level.FINE, e, () -> "This JVM takes no compiler directives");
    }
  }
}
