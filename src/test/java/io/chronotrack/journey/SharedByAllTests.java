package io.chronotrack.journey;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * What test classes share that run side by side: made when the first one asks for it, and closed
 * when the last of all tests has ended.
 */
final class SharedByAllTests {

  private static final Namespace NAMESPACE = Namespace.create(SharedByAllTests.class);

  private SharedByAllTests() {}

  /**
   * The object with this name, which is made if there is none yet.
   *
   * @throws IllegalStateException if it cannot be made
   */
  static <T extends AutoCloseable> T get(
      ExtensionContext context, String name, Class<T> type, Callable<T> maker) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(name, missing -> make(missing, maker), type);
  }

  private static <T> T make(String name, Callable<T> maker) {
    try {
      return maker.call();
    } catch (Exception e) {
      throw new IllegalStateException(name + " did not start", e);
    }
  }
}
