package io.chronotrack;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code docs/architecture.md} says in tables is what the code does. */
class ArchitectureDocumentTest {

  private static final MarkdownDocument DOCUMENT = MarkdownDocument.read("docs/architecture.md");

  @Test
  void theTableOfStatusesIsTheOneOfTheCode() {
    List<List<String>> table = DOCUMENT.table("The life of a run");
    List<RunStatus> to = table.get(0).stream().skip(1).map(this::status).toList();
    Map<RunStatus, Set<RunStatus>> documented =
        table.stream().skip(1).collect(toMap(row -> status(row.get(0)), row -> allowed(row, to)));

    assertThat(to).containsExactly(RunStatus.values());
    assertThat(documented)
        .isEqualTo(
            Arrays.stream(RunStatus.values()).collect(toMap(Function.identity(), RunStatus::next)));
  }

  @Test
  void theTableOfRoomsNamesEveryPackageAndNoOther() throws IOException {
    List<String> documented =
        DOCUMENT.table("Rooms").stream()
            .skip(1)
            .flatMap(row -> MarkdownDocument.codeIn(row.get(0)).stream())
            .toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(packages());
  }

  private RunStatus status(String cell) {
    return RunStatus.valueOf(MarkdownDocument.codeIn(cell).get(0));
  }

  private Set<RunStatus> allowed(List<String> row, List<RunStatus> to) {
    Set<RunStatus> allowed = EnumSet.noneOf(RunStatus.class);
    for (int i = 0; i < to.size(); i++) {
      String cell = row.get(i + 1);
      assertThat(cell).isIn("yes", "-");
      if (cell.equals("yes")) {
        allowed.add(to.get(i));
      }
    }
    return allowed;
  }

  private static Set<String> packages() throws IOException {
    Path sources = Path.of("src/main/java");
    try (var files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(file -> sources.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
