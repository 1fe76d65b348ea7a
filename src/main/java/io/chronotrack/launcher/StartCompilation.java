package io.chronotrack.launcher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Keeps the JVM's optimizing compiler away from code that is busy only while the server starts.
 *
 * <p>A start reads tens of thousands of classes: scanners and class loaders become hot, the
 * compiler optimizes them in competition with the start for the same cores, and when it is done
 * they are not needed any more. The fast compiler's result is good enough for them. Code that
 * serves requests is left to the JVM.
 *
 * <p>A JVM takes such options on its command line, which {@code java -jar} leaves no room for, or
 * from itself, as compiler directives (JEP 165).
 */
final class StartCompilation {

  private static final Logger LOG = Logger.getLogger(StartCompilation.class.getName());

  /** What scans, loads and wires classes; in the form of compiler directives. */
  private static final List<String> START_ONLY =
      List.of(
          "org/objectweb/asm/*",
          "jdk/internal/org/objectweb/*",
          "jdk/internal/loader/*",
          "jdk/internal/jimage/*",
          "java/lang/invoke/*",
          "java/net/URL*",
          "java/net/URI*",
          "java/util/jar/*",
          "java/util/zip/*",
          "sun/reflect/*",
          "com/sun/crypto/*",
          "com/sun/enterprise/*",
          "com/sun/org/apache/*",
          "org/glassfish/hk2/*",
          "org/hibernate/boot/*",
          "org/hibernate/validator/*",
          "org/jboss/weld/*",
          "org/jvnet/hk2/*");

  private StartCompilation() {}

  /**
   * Tells the JVM. One that does not understand starts slower, and no worse.
   *
   * @param file where the directives are written, since the JVM reads them from a file only
   */
  static void lighten(Path file) {
    try {
      Files.writeString(file, directives());
      MBeanServer jvm = ManagementFactory.getPlatformMBeanServer();
      Object answer =
          jvm.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "compilerDirectivesAdd",
              new Object[] {new String[] {file.toString()}},
              new String[] {String[].class.getName()});
      LOG.fine(() -> "Compiler directives: " + answer);
    } catch (JMException | IOException e) {
      LOG.log(Level.FINE, e, () -> "This JVM takes no compiler directives");
    }
  }

  private static String directives() {
    return START_ONLY.stream()
        .map(classes -> '"' + classes + ".*\"")
        .collect(Collectors.joining(",", "[{match: [", "], c2: {Exclude: true}}]"));
  }
}
