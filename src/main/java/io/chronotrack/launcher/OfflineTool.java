package io.chronotrack.launcher;

import io.chronotrack.config.AppConfig;
import io.chronotrack.config.InvalidSetting;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A command that works on the application's data without the server. Its class is in the WAR, with
 * what it needs of the application and its libraries, and has a method
 *
 * <pre>{@code public static boolean run(AppConfig config, List<String> arguments, PrintStream out)}
 * </pre>
 *
 * which prints its result and returns whether all is as it should be. An {@link InvalidSetting}
 * from it is a refusal, as at a start of the service: that class and {@link AppConfig} are the same
 * here and there, since the classes of this jar go before those in the WAR. There are no Jakarta
 * APIs, which only the server has.
 */
final class OfflineTool {

  private static final String CLASSES = "WEB-INF/classes/";
  private static final String LIBRARIES = "WEB-INF/lib/";

  private static final MethodType RUN =
      MethodType.methodType(boolean.class, AppConfig.class, List.class, PrintStream.class);

  private final String className;

  /**
   * @param className of a class in the WAR
   */
  OfflineTool(String className) {
    this.className = className;
  }

  /**
   * Runs the tool with the settings of the service. What is logged meanwhile is only shown if the
   * tool fails.
   *
   * @param arguments what follows the option on the command line
   * @param out where the result goes
   * @return whether all is as it should be
   * @throws Throwable whatever the tool throws
   */
  boolean run(Function<String, Optional<String>> settings, List<String> arguments, PrintStream out)
      throws Throwable {
    AppConfig config = AppConfig.from(settings);
    ConsoleLog.install(config.logLevel());
    var folder = new TemporaryFolder(Path.of(System.getProperty("java.io.tmpdir")));
    try (var loader = new URLClassLoader(unpack(folder.create()), getClass().getClassLoader())) {
      // Libraries look here for what they load by name.
      Thread.currentThread().setContextClassLoader(loader);
      MethodHandle run =
          MethodHandles.publicLookup().findStatic(loader.loadClass(className), "run", RUN);
      return (boolean) run.invokeExact(config, arguments, out);
    } catch (InvalidSetting | CannotStart e) {
      throw e;
    } catch (Throwable e) {
      ConsoleLog.output().open();
      throw e;
    } finally {
      folder.delete();
    }
  }

  private static URL[] unpack(Path root) throws IOException {
    List<URL> path = new ArrayList<>();
    path.add(Files.createDirectories(root.resolve(CLASSES)).toUri().toURL());
    try (InputStream war = Server.application()) {
      var entries = new ZipInputStream(war);
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        String name = entry.getName();
        if (entry.isDirectory() || !(name.startsWith(CLASSES) || name.startsWith(LIBRARIES))) {
          continue;
        }
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.copy(entries, file);
        if (name.startsWith(LIBRARIES)) {
          path.add(file.toUri().toURL());
        }
      }
    }
    return path.toArray(URL[]::new);
  }
}
