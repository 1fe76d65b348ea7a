package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedServerTest {

  private Path folder;

  @BeforeEach
  void use(@TempDir Path temporary) {
    folder = temporary;
  }

  private Path jarWith(String... libraries) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.MAIN_CLASS, "some.Main");
    manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang");
    Path jar = folder.resolve("chronotrack.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        var out = new JarOutputStream(file, manifest)) {
      for (String library : libraries) {
        out.putNextEntry(new ZipEntry("MICRO-INF/runtime/" + library));
        out.write(library.getBytes(StandardCharsets.UTF_8));
      }
      out.putNextEntry(new ZipEntry("MICRO-INF/domain/domain.xml"));
    }
    return jar;
  }

  @Test
  void theServersLibrariesAreInTheFolderAndNothingElseOfTheJar() throws Exception {
    Path unpacked = UnpackedServer.write(jarWith("a.jar", "b.jar"));

    assertThat(unpacked).isEqualTo(folder.resolve("chronotrack.unpacked"));
    assertThat(unpacked.resolve("runtime/b.jar")).hasContent("b.jar");
    try (var files = Files.walk(unpacked)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(3);
    }
  }

  @Test
  void startJarHasJarAndLibrariesOnItsClassPathAndTheAttributesOfTheJar() throws Exception {
    Path unpacked = UnpackedServer.write(jarWith("a.jar", "with space.jar"));

    try (var start = new JarFile(unpacked.resolve("start.jar").toFile())) {
      Attributes attributes = start.getManifest().getMainAttributes();
      assertThat(attributes.getValue(Name.MAIN_CLASS)).isEqualTo("some.Main");
      assertThat(attributes.getValue("Add-Opens")).isEqualTo("java.base/java.lang");
      assertThat(attributes.getValue(Name.CLASS_PATH))
          .isEqualTo("../chronotrack.jar runtime/a.jar runtime/with%20space.jar");
    }
  }

  @Test
  void whatAnotherJarHadIsGone() throws Exception {
    UnpackedServer.write(jarWith("old.jar"));

    Path unpacked = UnpackedServer.write(jarWith("new.jar"));

    assertThat(unpacked.resolve("runtime")).isDirectoryContaining("glob:**/new.jar");
    assertThat(unpacked.resolve("runtime/old.jar")).doesNotExist();
  }
}
