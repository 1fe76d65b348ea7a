package io.chronotrack.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;

/** An answer as a server has it: knows whether it is committed, and asks for the trailer. */
public final class ServletAnswer {

  private volatile boolean committed;
  private volatile Supplier<Map<String, String>> trailer = Map::of;

  /** The answer as the application has it. */
  public HttpServletResponse response() {
    return standIn(
        HttpServletResponse.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "isCommitted" -> committed;
              case "setTrailerFields" -> {
                trailer = trailer(arguments[0]);
                yield null;
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  /** The request that it answers, which has passed no filter. */
  public HttpServletRequest request(String requestMethod) {
    return standIn(
        HttpServletRequest.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getMethod" -> requestMethod;
              case "getAttribute" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static <T> T standIn(Class<T> type, InvocationHandler methods) {
    return type.cast(
        Proxy.newProxyInstance(
            ServletAnswer.class.getClassLoader(), new Class<?>[] {type}, methods));
  }

  @SuppressWarnings("unchecked")
  private static Supplier<Map<String, String>> trailer(Object argument) {
    return (Supplier<Map<String, String>>) argument;
  }

  /** Its first bytes went to the client. */
  public void commit() {
    committed = true;
  }

  /** Does what a server does when the body has ended: writes the last chunk, with the trailer. */
  Map<String, String> end() throws IOException {
    return trailer.get();
  }
}
