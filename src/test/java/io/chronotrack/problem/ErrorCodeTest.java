package io.chronotrack.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
}
