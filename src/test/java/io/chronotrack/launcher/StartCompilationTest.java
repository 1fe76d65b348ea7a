package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCompilationTest {

  @AfterEach
  void clear() throws Exception {
    directives("Clear");
  }

  @Test
  void aJvmWithItsOwnThresholdsOptimizesNothingWhileTheServerStarts(@TempDir Path folder)
      throws Exception {
    assertThat(directives("Print")).doesNotContain("Exclude:true");

    StartCompilation.lighten(folder.resolve("directives.json"));

    assertThat(directives("Print")).contains("Exclude:true");
  }

  @Test
  void theJvmOptimizesWhatIsBusyOnceTheServiceIsReady(@TempDir Path folder) throws Exception {
    StartCompilation.lighten(folder.resolve("directives.json"));

    StartCompilation.end();

    assertThat(directives("Print")).doesNotContain("Exclude:true");
  }

  private static String directives(String command) throws Exception {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "compilerDirectives" + command,
                new Object[0],
                new String[0]);
  }
}
