package io.chronotrack.journey;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * A Java agent that takes from Payara's first deployment its class loader, as the garbage collector
 * does if it runs while nothing but a weak reference holds that loader. Run by the process under
 * test, without any other class of the tests.
 */
public final class LostClassLoader implements ClassFileTransformer {

  /** The first that needs the loader: its first use loads it. */
  private static final String FIRST_USER = "com/sun/enterprise/security/PolicyLoader";

  /** Called by the virtual machine before everything else. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(new LostClassLoader());
  }

  @Override
  public byte @Nullable [] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (FIRST_USER.equals(className)) {
      Thread.currentThread().setContextClassLoader(null);
    }
    return null;
  }
}
