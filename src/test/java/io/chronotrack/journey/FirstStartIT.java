package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an installation gets its first key, and what it holds on to from then on. */
class FirstStartIT {

  private static final Pattern KEY = Pattern.compile("ct_[0-9A-Za-z]{10}_[0-9A-Za-z]{36}");

  private static final String WRONG_SECRET = "another-secret-of-at-least-32-characters";

  @Test
  void inProductionTheFirstStartPrintsAKeyAndTheNextOneDoesNot(@TempDir Path folder)
      throws Exception {
    try (var process =
        ChronoTrackProcess.in(folder)
            .with("APP_ENV", "production")
            .with("BIND", "127.0.0.1")
            // Nothing but errors is logged: the key must be told all the same.
            .with("LOG_LEVEL", "SEVERE")
            .start()) {
      assertThat(process.client().get("/jobs").status()).isEqualTo(401);
      List<String> told = keysIn(process.output());
      assertThat(told).as(process::output).hasSize(1);
      ApiClient first = process.client().withKey(told.get(0));
      assertThat(first.get("/whoami").json().getString("role")).isEqualTo("system");
      long job = first.createJob("kept");
      assertThat(process.stop()).isZero();

      String made = newKey(process);
      process.with("ADMIN_KEY_FILE", Files.writeString(folder.resolve("key"), made).toString());
      process.without("LOG_LEVEL").start();

      assertThat(keysIn(process.output())).isEmpty();
      assertThat(process.output()).doesNotContain("WARNING", "SEVERE");
      assertThat(first.job(job).getString("name")).isEqualTo("kept");
      assertThat(process.client().withKey(made).get("/whoami").json().getString("role"))
          .isEqualTo("system");
      assertThat(process.stop()).isZero();

      assertThatItIsRefusedInOneLine(process.with("HASH_SECRET", WRONG_SECRET));
      assertThat(process.output()).contains("HASH_SECRET").doesNotContain(WRONG_SECRET);
    }
  }

  private static String newKey(ChronoTrackProcess process) throws Exception {
    assertThat(process.runToItsEnd("--new-key")).isZero();
    String made = process.output().strip();
    assertThat(made).matches(KEY);
    return made;
  }

  private static void assertThatItIsRefusedInOneLine(ChronoTrackProcess process) throws Exception {
    assertThat(process.runToItsEnd()).as(process::output).isEqualTo(2);
    assertThat(process.outputLines())
        .singleElement()
        .asString()
        .startsWith("ChronoTrack cannot start: ");
  }

  private static List<String> keysIn(String output) {
    return KEY.matcher(output).results().map(found -> found.group()).toList();
  }
}
