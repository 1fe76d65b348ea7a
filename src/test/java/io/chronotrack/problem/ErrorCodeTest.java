package io.chronotrack.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.chronotrack.MarkdownDocument;
import jakarta.ws.rs.Produces;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

  @Test
  void everySlugIsUnique() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::slug)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void aSlugLeadsBackToItsCode(ErrorCode code) {
    assertThat(code.slug()).matches("[a-z]+(-[a-z]+)*");
    assertThat(ErrorCode.ofSlug(code.slug())).contains(code);
  }

  @Test
  void anythingElseIsNoSlug() {
    assertThat(ErrorCode.ofSlug("")).isEmpty();
    assertThat(ErrorCode.ofSlug("NOT_FOUND")).isEmpty();
    assertThat(ErrorCode.ofSlug("not-found/")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeHasAStatusOfAnError(ErrorCode code) {
    assertThat(Problem.statusOf(code)).isBetween(400, 599);
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeExplainsItselfInWordsThatNeedNoEscapingInHtml(ErrorCode code) {
    assertThat(code.title()).isNotBlank().doesNotContain("<", ">", "&").doesNotEndWith(".");
    assertThat(code.explanation()).isNotBlank().doesNotContain("<", ">", "&").endsWith(".");
  }

  @Test
  void whoAcceptsNothingThatThereIsIsToldEveryFormThatThereIs() {
    Set<String> forms = formsOfAnswers();
    assertThat(forms).hasSizeGreaterThan(4);
    assertThat(ErrorCode.NOT_ACCEPTABLE.explanation()).contains(forms).contains(Problem.MEDIA_TYPE);

    List<List<String>> rows =
        MarkdownDocument.read("docs/api-spec.md").table("Errors").stream()
            .filter(row -> row.contains("`NOT_ACCEPTABLE`"))
            .toList();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get(2)).contains(forms);
  }

  private static Set<String> formsOfAnswers() {
    Set<String> forms = new TreeSet<>();
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.chronotrack")) {
      one.tryGetAnnotationOfType(Produces.class).ifPresent(produces -> add(forms, produces));
      for (JavaMember member : one.getMethods()) {
        member.tryGetAnnotationOfType(Produces.class).ifPresent(produces -> add(forms, produces));
      }
    }
    return forms;
  }

  private static void add(Set<String> forms, Produces produces) {
    for (String form : produces.value()) {
      forms.add(form.replaceAll(";.*", ""));
    }
  }
}
