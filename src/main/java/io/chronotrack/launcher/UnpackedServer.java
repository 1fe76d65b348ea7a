package io.chronotrack.launcher;

import fish.payara.micro.boot.PayaraMicroBoot;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * The server's libraries in a folder of their own, with a {@code start.jar} that has them and
 * {@code chronotrack.jar} on its class path.
 *
 * <p>Out of {@code chronotrack.jar} the server unpacks itself at each start and loads its classes
 * by a loader of its own. From a class path the JVM loads them, which for those in a class data
 * archive does not even read them.
 */
final class UnpackedServer {

  private static final String LIBRARIES = "MICRO-INF/runtime/";
  private static final String SERVER = "fish.payara.micro.impl.PayaraMicroImpl";

  private UnpackedServer() {}

  /**
   * Unpacks the server into the folder {@code chronotrack.unpacked} beside {@code chronotrack.jar},
   * in place of what is there. {@code start.jar} comes last: where it is, all is.
   *
   * @param jar {@code chronotrack.jar}
   * @return the folder
   */
  static Path write(Path jar) throws IOException {
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
    Path folder = jar.resolveSibling(name + ".unpacked");
    FolderRemoval.remove(folder);
    Path libraries = Files.createDirectories(folder.resolve("runtime"));
    List<Path> classPath = new ArrayList<>();
    classPath.add(jar);
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    try (var opened = new JarFile(jar.toFile())) {
      attributes.putAll(opened.getManifest().getMainAttributes());
      Enumeration<JarEntry> entries = opened.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().startsWith(LIBRARIES) && !entry.isDirectory()) {
          Path library = libraries.resolve(entry.getName().substring(LIBRARIES.length()));
          try (InputStream content = opened.getInputStream(entry)) {
            Files.copy(content, library);
          }
          classPath.add(library);
        }
      }
    }
    attributes.put(
        Name.CLASS_PATH,
        classPath.stream()
            .map(path -> relative(folder.relativize(path)))
            .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(folder.resolve("start.jar")), manifest).close();
    return folder;
  }

  private static String relative(Path path) {
    try {
      return new URI(null, path.toString(), null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Boots the server if this process was started by {@code start.jar}.
   *
   * @param options of Payara Micro
   * @return nothing if it was not
   */
  static Optional<PayaraMicroBoot> boot(String[] options) throws Exception {
    Class<?> server;
    try {
      server = Class.forName(SERVER);
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
    // The server reads the class path from here, and its policy trusts what is below there.
    Path start = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    System.setProperty("fish.payara.micro.BootJar", start.toUri().toString());
    System.setProperty(
        "fish.payara.micro.UnpackDir", start.resolve("../..").normalize().toString());
    return Optional.of(
        (PayaraMicroBoot)
            server.getMethod("create", String[].class).invoke(null, (Object) options));
  }
}
