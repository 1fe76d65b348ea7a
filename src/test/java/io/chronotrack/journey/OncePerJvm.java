package io.chronotrack.journey;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * What all test classes of this JVM share: made when the first one asks for it, and closed when the
 * JVM ends. JUnit's own stores would be closed with each class, because the build hands its JVMs
 * one class after the other, and each is a run of its own to JUnit.
 */
final class OncePerJvm {

  private static final Map<String, AutoCloseable> SHARED = new TreeMap<>();

  private OncePerJvm() {}

  /**
   * The object with this name, which is made if there is none yet.
   *
   * @throws IllegalStateException if it cannot be made; the next one who asks tries again
   */
  static synchronized <T extends AutoCloseable> T get(
      String name, Class<T> type, Callable<T> maker) {
    AutoCloseable shared = SHARED.get(name);
    if (shared == null) {
      try {
        shared = maker.call();
      } catch (Exception e) {
        throw new IllegalStateException(name + " did not start", e);
      }
      SHARED.put(name, shared);
      closeAtTheEnd(name, shared);
    }
    return type.cast(shared);
  }

  private static void closeAtTheEnd(String name, AutoCloseable shared) {
    Runnable close =
        () -> {
          try {
            shared.close();
          } catch (Exception e) {
            throw new IllegalStateException(name + " was not closed", e);
          }
        };
    // One hook for each: if one cannot be closed, the others are all the same.
    Runtime.getRuntime().addShutdownHook(new Thread(close, "close " + name));
  }
}
