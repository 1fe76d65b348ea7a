package io.chronotrack.journey;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;

/** What every error looks like. */
final class Problems {

  private Problems() {}

  static void assertThatItIsAProblem(Exchange refused) {
    assertThat(refused.contentType()).as(refused::toString).isEqualTo("application/problem+json");
    JsonObject problem = refused.json();
    assertThat(problem.keySet()).contains("type", "title", "status", "detail", "instance", "code");
    assertThat(problem.getInt("status")).isEqualTo(refused.status());
    assertThat(problem.getString("instance")).isEqualTo(refused.uri().getRawPath());
    assertThat(problem.getString("type")).matches("(/[^/]+)*/problems/[a-z-]+");
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    if (problem.getString("code").equals("VALIDATION_FAILED")) {
      assertThat(problem.getJsonArray("errors").getValuesAs(JsonObject.class))
          .isNotEmpty()
          .allSatisfy(error -> assertThat(error.getString("detail")).isNotBlank())
          .allSatisfy(
              error -> assertThat(error.keySet()).containsAnyOf("pointer", "parameter", "header"));
    }
  }
}
