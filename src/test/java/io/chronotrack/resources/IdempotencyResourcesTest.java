package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code Idempotency-Key} at every resource that takes a POST. */
class IdempotencyResourcesTest extends ResourceLayer {

  private static final String KEY = "8e03978e-40d5";

  @BeforeEach
  void aJobAndAKey() throws IOException, InterruptedException {
    createJob("{\"name\":\"a\"}");
    post("keys", "{\"name\":\"ci\",\"role\":\"viewer\"}");
  }

  private Answer keyed(String path, String json, String key)
      throws IOException, InterruptedException {
    return send("POST", path, json, "Content-Type", "application/json", "Idempotency-Key", key);
  }

  private static void assertRepeated(Answer again, Answer first) {
    assertThat(again.status()).isEqualTo(first.status());
    assertThat(again.body()).isEqualTo(first.body());
    for (String header : new String[] {"Content-Type", "Location", "ETag", "Cache-Control"}) {
      assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
    }
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          jobs        | {"name":"b"}                             | jobs
          jobs/1/runs | {"status":"RUNNING","metadata":{"a":1}}  | runs
          projects    | {"key":"billing","name":"Billing"}       | projects
          """)
  void aRepetitionGetsTheSameAnswerAndNothingIsCreated(String path, String body, String list)
      throws Exception {
    Answer first = keyed(path, body, KEY);
    int there = get(list).json().getJsonArray("items").size();
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Location")).contains("/" + list + "/");

    assertRepeated(keyed(path, body, KEY), first);
    assertRepeated(keyed(path, " " + body + "\n", '"' + KEY + '"'), first);
    assertThat(get(list).json().getJsonArray("items")).hasSize(there);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          keys          | {"name":"ci","role":"viewer"}
          keys/1/rotate | {"overlapSeconds":60}
          """)
  void ofAKeyARepetitionGetsEverythingButTheKeyItself(String path, String body) throws Exception {
    Answer first = keyed(path, body, KEY);
    Answer again = keyed(path, body, KEY);

    assertThat(first.status()).isEqualTo(201);
    String secret = first.json().getString("key");
    assertThat(again.body()).isEqualTo(first.body().replace('"' + secret + '"', "null"));
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("ETag")).isEqualTo("\"1\"");
    assertThat(again.header("Cache-Control")).isEqualTo("no-store");
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(get("keys").json().getJsonArray("items")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs", "jobs/1/runs", "projects", "keys", "keys/1/rotate"})
  void whatIsNoKeyIsRefusedAndToldSo(String path) throws Exception {
    Answer answer = keyed(path, "{}", "a b");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("header"))
        .isEqualTo("Idempotency-Key");
    assertThat(answer.body()).doesNotContain("a b");
  }

  @Test
  void anotherBodyIsRefused() throws Exception {
    Answer first = keyed("jobs", "{\"name\":\"b\"}", KEY);

    Answer other = keyed("jobs", "{\"name\":\"c\"}", KEY);

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(other.json().getString("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(other.json().getString("instance")).isEqualTo("/jobs");
    assertThat(other.body()).doesNotContain(KEY);
    assertRepeated(keyed("jobs", "{\"name\":\"b\"}", KEY), first);
  }

  @Test
  void aRefusalByWhatIsStoredIsRepeatedEvenIfThatHasChanged() throws Exception {
    patch("jobs/1", "{\"archived\":true}");
    Answer first = keyed("jobs/1/runs", "{}", KEY);
    assertThat(first.status()).isEqualTo(409);
    assertThat(first.json().getString("code")).isEqualTo("JOB_ARCHIVED");
    patch("jobs/1", "{\"archived\":false}");

    assertRepeated(keyed("jobs/1/runs", "{}", KEY), first);
    assertThat(keyed("jobs/1/runs", "{}", "another").status()).isEqualTo(201);
  }

  @Test
  void whatDoesNotExistIsRepeated() throws Exception {
    Answer first = keyed("jobs/99/runs", "{}", KEY);
    assertThat(first.status()).isEqualTo(404);
    assertRepeated(keyed("jobs/99/runs", "{}", KEY), first);
  }

  @Test
  void aBodyThatBreaksARuleUsesUpNoKey() throws Exception {
    assertThat(keyed("jobs", "{\"name\":\" \"}", KEY).status()).isEqualTo(400);
    Answer first = keyed("jobs", "{\"name\":\"b\"}", KEY);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
  }

  @Test
  void aCredentialThatIsNotEnoughUsesUpNoKeyAndGetsNoAnswerOfAnotherOne() throws Exception {
    Answer first = keyed("jobs", "{\"name\":\"b\"}", KEY);
    assertThat(first.status()).isEqualTo(201);

    actAs(SampleCallers.with(Role.VIEWER));
    Answer refused = keyed("jobs", "{\"name\":\"b\"}", KEY);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("Idempotent-Replayed")).isEmpty();

    actAs(SampleCallers.with(Role.OPERATOR));
    Answer own = keyed("jobs", "{\"name\":\"b\"}", KEY);
    assertThat(own.status()).isEqualTo(201);
    assertThat(own.header("Location")).isNotEqualTo(first.header("Location"));
  }

  @Test
  void aNewKeyThatNobodyMayIssueIsRefusedAnewEachTime() throws Exception {
    actAs(SampleCallers.with(Role.ADMIN));
    for (int i = 0; i < 2; i++) {
      Answer refused = keyed("keys", "{\"name\":\"x\",\"role\":\"system\"}", KEY);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.header("Idempotent-Replayed")).isEmpty();
      assertThat(refused.header("WWW-Authenticate")).contains("insufficient_scope");
    }
  }
}
