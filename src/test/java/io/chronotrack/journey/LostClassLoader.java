package io.chronotrack.journey;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
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

  /** Writes the agent into a jar of its own, and gives the option that has a JVM load it. */
  static String option(Path folder) throws IOException {
    String className = LostClassLoader.class.getName();
    var manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", className);
    Path jar = folder.resolve("agent.jar");
    String file = className.replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream content = LostClassLoader.class.getResourceAsStream("/" + file)) {
      out.putNextEntry(new JarEntry(file));
      content.transferTo(out);
    }
    return "-javaagent:" + jar;
  }
}
