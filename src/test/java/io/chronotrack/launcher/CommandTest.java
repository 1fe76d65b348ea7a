package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

  @Test
  void withoutArgumentsTheServiceStarts() {
    assertThat(Command.of()).isEqualTo(Command.SERVE);
  }

  @ParameterizedTest
  @CsvSource({
    "--check, CHECK",
    "--version, VERSION",
    "--help, HELP",
    "--verify-audit, VERIFY_AUDIT",
    "--copy-to-postgresql, COPY_TO_POSTGRESQL",
    "--copy-to-sqlite, COPY_TO_SQLITE",
    "--rebuild-statistics, REBUILD_STATISTICS",
    "--new-key, NEW_KEY",
    "--unpack, UNPACK"
  })
  void eachOptionAsksForItsCommand(String option, Command command) {
    assertThat(Command.of(option)).isEqualTo(command);
  }

  @Test
  void anUnknownOptionIsRefusedByName() {
    assertThatThrownBy(() -> Command.of("--chekc"))
        .isInstanceOfSatisfying(
            CannotStart.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.REFUSED))
        .hasMessageContaining("'--chekc'");
  }

  @Test
  void moreThanOneOptionIsRefused() {
    assertThatThrownBy(() -> Command.of("--check", "--version")).isInstanceOf(CannotStart.class);
  }

  @Test
  void whatFollowsAnOptionWithArgumentsIsLeftToItsCommand() {
    assertThat(Command.of("--verify-audit", "--expect", "1:abc")).isEqualTo(Command.VERIFY_AUDIT);
  }

  @Test
  void theUsageNamesEveryOptionAndNoEmptyOne() {
    assertThat(Command.usage())
        .contains(
            "--check",
            "--version",
            "--help",
            "--verify-audit [--expect ID:HASH]",
            "--copy-to-postgresql",
            "--copy-to-sqlite",
            "DATABASE_FILE")
        .doesNotContain("          start the service");
  }
}
