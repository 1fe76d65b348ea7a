package io.chronotrack;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.run.RunStatus;
import io.chronotrack.run.query.RunIndex;
import io.chronotrack.run.query.RunMeasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  @Test
  void theTableOfIndexesIsTheOneOfTheCode() {
    List<List<String>> table = DOCUMENT.table("Lists of runs");
    assertThat(table.subList(1, table.size()))
        .containsExactlyElementsOf(
            Arrays.stream(RunIndex.values()).map(ArchitectureDocumentTest::row).toList());
  }

  private static List<String> row(RunIndex index) {
    RunMeasure measure = index.measure();
    Set<RunStatus> only = index.only();
    return List.of(
        "`" + index.indexName() + "`",
        measure == null ? "any" : "`" + measure.field() + "`",
        orNone(
            index.pins().stream()
                .map(pin -> pin.name().toLowerCase(Locale.ROOT).replace('_', ' '))),
        orNone(only == null ? Stream.of() : only.stream().map(status -> "`" + status + "`")));
  }

  private static String orNone(Stream<String> words) {
    String list = words.collect(Collectors.joining(", "));
    return list.isEmpty() ? "-" : list;
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
