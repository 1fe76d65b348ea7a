package io.chronotrack.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Objects of JDBC that stand in front of others of their kind, of which they change a few methods.
 */
final class StandIn {

  private StandIn() {}

  /** One whose methods are all answered by a handler. */
  static <T> T of(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(StandIn.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** What the object behind it answers, or throws. */
  static @Nullable Object pass(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
