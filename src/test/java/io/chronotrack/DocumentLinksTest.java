package io.chronotrack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A link from one document to another file of the project leads somewhere. */
class DocumentLinksTest {

  static Stream<Path> documents() throws IOException {
    try (var root = Files.list(Path.of(""));
        var docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(root, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyRelativeLinkLeadsToAFileAndAHeadingThatExist(Path path) {
    MarkdownDocument document = MarkdownDocument.read(path);

    assertThat(document.links()).allSatisfy(link -> verify(document, link));
  }

  private static void verify(MarkdownDocument from, String link) {
    if (link.matches("[a-z]+:.*")) {
      return; // Another site's page is not ours to check.
    }
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? from.path() : from.path().resolveSibling(parts[0]).normalize();
    assertThat(target).exists();
    if (parts.length == 2) {
      assertThat(MarkdownDocument.read(target).anchors()).contains(parts[1]);
    }
  }
}
