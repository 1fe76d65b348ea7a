package io.chronotrack.launcher;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
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
 * Keeps the JVM's optimizing compiler out of the start.
 *
 * <p>A start reads tens of thousands of classes: scanners and class loaders become hot, the
 * compiler optimizes them in competition with the start for the same cores, and when it is done
 * they are not needed any more. The fast compiler's result is good enough for them.
 *
 * <p>The JVM is told from inside, by compiler directives (JEP 165). A method that was kept from the
 * optimizer once is never optimized by itself, only as a part of what calls it, which costs a busy
 * service a sixth of its speed. So where the command line has raised the compiler's threshold, as
 * {@code start.sh} does, only code that no request runs is kept away. {@code java -jar} leaves no
 * room for options; there all is, until the service is ready.
 */
final class StartCompilation {

  private static final Logger LOG = Logger.getLogger(StartCompilation.class.getName());

  /** What reads, scans and wires classes, and what no request runs. */
  private static final List<String> START_ONLY =
      List.of(
          "com/sun/crypto/*",
          "com/sun/enterprise/deployment/*",
          "com/sun/enterprise/v3/server/*",
          "com/sun/org/apache/*",
          "java/lang/invoke/InnerClassLambdaMetafactory*",
          "java/lang/invoke/MethodType*",
          "java/net/URI*",
          "java/net/URL*",
          "java/util/Properties*",
          "java/util/jar/*",
          "java/util/zip/*",
          "jdk/internal/jimage/*",
          "jdk/internal/loader/*",
          "jdk/internal/org/objectweb/*",
          "net/bytebuddy/*",
          "org/apache/catalina/loader/*",
          "org/flywaydb/*",
          "org/glassfish/hk2/classmodel/*",
          "org/glassfish/hk2/utilities/reflection/*",
          "org/glassfish/web/loader/*",
          "org/hibernate/boot/*",
          "org/hibernate/metamodel/*",
          "org/hibernate/models/*",
          "org/jboss/weld/annotated/*",
          "org/jboss/weld/bootstrap/*",
          "org/jboss/weld/introspector/*",
          "org/jboss/weld/resources/*",
          "org/jboss/weld/util/*",
          "org/objectweb/asm/*",
          "sun/net/www/*",
          "sun/nio/fs/*",
          "sun/reflect/*");

  private static final List<String> EVERYTHING = List.of("*");

  private static final String[] STRINGS = {String[].class.getName()};

  private StartCompilation() {}

  /**
   * Begins to keep it out. A JVM that does not understand starts slower, and no worse.
   *
   * @param file where the directives are written, since the JVM reads them from a file only
   */
  static void lighten(Path file) {
    try {
      Files.writeString(file, keepAway(isThresholdRaised() ? START_ONLY : EVERYTHING));
      tell("compilerDirectivesAdd", new Object[] {new String[] {file.toString()}}, STRINGS);
    } catch (IOException e) {
      LOG.log(Level.FINE, e, () -> "The compiler directives cannot be written");
    }
  }

  /** Lets it in: from now on, what is busy is worth its while. */
  static void end() {
    tell("compilerDirectivesRemove", new Object[0], new String[0]);
  }

  private static String keepAway(List<String> classes) {
    return classes.stream()
        .map(pattern -> '"' + pattern + ".*\"")
        .collect(Collectors.joining(", ", "[{match: [", "], c2: {Exclude: true}}]"));
  }

  private static boolean isThresholdRaised() {
    var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return jvm != null
          && jvm.getVMOption("Tier4InvocationThreshold").getOrigin() != VMOption.Origin.DEFAULT;
    } catch (IllegalArgumentException e) {
      LOG.log(Level.FINE, e, () -> "This JVM has no such threshold");
      return false;
    }
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
