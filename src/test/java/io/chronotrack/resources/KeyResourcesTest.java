package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /keys} and {@code /whoami} in HTTP. */
class KeyResourcesTest extends ResourceLayer {

  private static final Caller ADMIN = SampleCallers.with(Role.ADMIN);
  private static final String CI = "{\"name\":\"ci\",\"role\":\"reporter\"}";

  private static final String FIRST =
      "{\"id\":1,\"name\":\"ci\",\"role\":\"reporter\",\"project\":\"default\",\"only\":null,"
          + "\"jobs\":null,\"expiresAt\":null,\"createdAt\":\""
          + NOW_TEXT
          + "\",\"lastUsedAt\":null,\"revokedAt\":null";

  private static final String KEY = "ct_[0-9A-Za-z]{10}_[0-9A-Za-z]{36}";

  private Answer delete(String path) throws IOException, InterruptedException {
    return sendWithoutBody("DELETE", path);
  }

  private Answer rotate(long id, int overlapSeconds) throws IOException, InterruptedException {
    return post("keys/" + id + "/rotate", "{\"overlapSeconds\":" + overlapSeconds + "}");
  }

  private List<Long> idsOf(String path) throws IOException, InterruptedException {
    return get(path).json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(key -> key.getJsonNumber("id").longValueExact())
        .toList();
  }

  private static List<String> errorsOf(Answer answer) {
    return answer.json().getJsonArray("errors").getValuesAs(JsonObject.class).stream()
        .map(
            error ->
                error.getString("pointer", error.getString("parameter", ""))
                    + ": "
                    + error.getString("detail"))
        .toList();
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().getString("code")).isEqualTo(code);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aNewKeyIsAnsweredWithItsAddressItsVersionAndThisOneTimeWithItself() throws Exception {
    Answer answer = post("keys", CI);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo(getBaseUri().resolve("/keys/1").toString());
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body()).startsWith(FIRST + ",\"key\":\"ct_");
    assertThat(answer.json().getString("key")).matches(KEY);
  }

  @Test
  void aKeyThatIsReadHasNothingOfItsSecretAndNoHash() throws Exception {
    String secret = post("keys", CI).json().getString("key");
    Answer answer = get("keys/1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.body()).isEqualTo(FIRST + "}");
    assertThat(get("keys").body())
        .isEqualTo(
            "{\"items\":[" + FIRST + "}],\"nextCursor\":null,\"prevCursor\":null,\"limit\":2}")
        .doesNotContain(secret.substring(3, 13));
  }

  @Test
  void everythingThatNarrowsAKeyIsTaken() throws Exception {
    createJob("{\"name\":\"first\"}");
    createJob("{\"name\":\"second\"}");
    Answer answer =
        post(
            "keys",
            "{\"name\":\"ci\",\"role\":\"reporter\",\"only\":\"report\",\"jobs\":[2,1,2],"
                + "\"expiresAt\":\"2026-01-31T11:30:00+01:00\"}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body())
        .contains("\"only\":\"report\",\"jobs\":[1,2],\"expiresAt\":\"2026-01-31T10:30:00.000Z\"");
    assertThat(
            post("keys", "{\"name\":\"x\",\"role\":\"system\",\"only\":null,\"jobs\":null}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void aKeyThatTheClientHasAlreadyIsNotSentAgain() throws Exception {
    post("keys", CI);

    assertThat(get("keys/1", "If-None-Match", "\"1\"").status()).isEqualTo(304);
    delete("keys/1");
    Answer changed = get("keys/1", "If-None-Match", "\"1\"");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"role":"viewer"}                               | /name: is required
          {"name":null,"role":"viewer"}                   | /name: must not be null
          {"name":" ","role":"viewer"}                    | /name: must not be blank
          {"name":"12345678901","role":"viewer"}          | /name: must not be longer than 10 characters
          {"name":"x"}                                    | /role: is required
          {"name":"x","role":null}                        | /role: must not be null
          {"name":"x","role":"ADMIN"}                     | /role: must be one of [viewer, reporter, operator, admin, system]
          {"name":"x","role":"root"}                      | /role: must be one of [viewer, reporter, operator, admin, system]
          {"name":"x","role":"viewer","only":"write"}     | /only: must be one of [read, report]
          {"name":"x","role":"viewer","only":"report"}    | /only: must not be report unless the role may report
          {"name":"x","role":"viewer","jobs":[]}          | /jobs: must be null or an array of 1 to 100 ids
          {"name":"x","role":"viewer","jobs":["1"]}       | /jobs: must be null or an array of 1 to 100 ids
          {"name":"x","role":"viewer","jobs":[99]}        | /jobs: must be ids of jobs of the key's project
          {"name":"x","role":"viewer","expiresAt":"soon"} | /expiresAt: must be a time as of RFC 3339, such as 2026-01-31T09:30:00.000Z
          {"name":"x","role":"viewer","expiresAt":"2026-01-31T09:30:00Z"} | /expiresAt: must be in the future
          {"name":"x","role":"viewer","id":7}             | /id: is not a member that can be set here
          {"name":"x","role":"viewer","key":"ct_own"}     | /key: is not a member that can be set here
          {"name":"x","role":"viewer","project":"other"}  | /project: is not a member that can be set here
          """)
  void aKeyThatBreaksARuleIsRefused(String body, String error) throws Exception {
    Answer answer = post("keys", body);

    assertProblem(answer, 400, "VALIDATION_FAILED");
    assertThat(errorsOf(answer)).containsExactly(error);
    assertThat(idsOf("keys")).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws Exception {
    Answer answer =
        post("keys", "{\"role\":\"root\",\"only\":1,\"jobs\":0,\"expiresAt\":true,\"x\":1}");

    assertThat(errorsOf(answer)).hasSize(6);
  }

  @Test
  void aRoleAboveTheOwnIsNotGivenAway() throws Exception {
    Answer answer = postAs(ADMIN, "keys", "{\"name\":\"x\",\"role\":\"system\"}");

    assertProblem(answer, 403, "FORBIDDEN");
    assertThat(answer.json().getString("detail"))
        .isEqualTo("A credential with the role admin cannot issue keys with the role system.");
    assertThat(answer.header("WWW-Authenticate")).contains("insufficient_scope");
    assertThat(postAs(ADMIN, "keys", "{\"name\":\"x\",\"role\":\"admin\"}").status())
        .isEqualTo(201);
  }

  @Test
  void anArchivedProjectTakesNoNewKeys() throws Exception {
    assertProblem(
        postAs(SampleCallers.inArchivedProject(Role.ADMIN), "keys", CI), 409, "PROJECT_ARCHIVED");
  }

  @Test
  void aRevokedKeyIsAnsweredWithoutABodyAsOftenAsItIsRevoked() throws Exception {
    post("keys", CI);
    for (int i = 0; i < 2; i++) {
      Answer answer = delete("keys/1");
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(get("keys/1").json().getString("revokedAt")).isEqualTo(NOW_TEXT);
    assertThat(get("keys/1").header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void aKeyIsRotatedIntoANewOne() throws Exception {
    String old = post("keys", CI).json().getString("key");
    Answer answer = rotate(1, 3_600);

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo(getBaseUri().resolve("/keys/2").toString());
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.json().getString("key")).matches(KEY).isNotEqualTo(old);
    assertThat(answer.body()).startsWith(FIRST.replace("\"id\":1", "\"id\":2"));
    assertThat(get("keys/1").json().getString("expiresAt")).isEqualTo("2026-01-31T10:30:00.000Z");
    assertThat(get("keys/1").header("ETag")).isEqualTo("\"2\"");
    assertThat(idsOf("keys")).containsExactly(2L, 1L);
  }

  @Test
  void whatDoesNotWorkIsNotRotated() throws Exception {
    post("keys", CI);
    rotate(1, 0);
    Answer answer = rotate(1, 0);

    assertProblem(answer, 400, "VALIDATION_FAILED");
    assertThat(errorsOf(answer))
        .containsExactly("id: must be a key that is neither expired nor revoked");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                 | /overlapSeconds: is required
          {"overlapSeconds":null}            | /overlapSeconds: must not be null
          {"overlapSeconds":-1}              | /overlapSeconds: must be a whole number from 0 to 2592000
          {"overlapSeconds":2592001}         | /overlapSeconds: must be a whole number from 0 to 2592000
          {"overlapSeconds":1.5}             | /overlapSeconds: must be a whole number from 0 to 2592000
          {"overlapSeconds":"1"}             | /overlapSeconds: must be a whole number from 0 to 2592000
          {"overlapSeconds":0,"name":"next"} | /name: is not a member that can be set here
          """)
  void aRotationThatBreaksARuleIsRefused(String body, String error) throws Exception {
    post("keys", CI);
    Answer answer = post("keys/1/rotate", body);

    assertProblem(answer, 400, "VALIDATION_FAILED");
    assertThat(errorsOf(answer)).containsExactly(error);
    assertThat(get("keys/1").header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void whatDoesNotExistForTheCallerIsNotFound() throws Exception {
    post("keys", "{\"name\":\"root\",\"role\":\"system\"}");
    for (Caller caller : List.of(ADMIN, SampleCallers.inOtherProject(Role.SYSTEM))) {
      actAs(caller);
      for (Answer answer :
          List.of(
              get("keys/1"), delete("keys/1"), rotate(1, 0), get("keys/1", "If-None-Match", "*"))) {
        assertProblem(answer, 404, "NOT_FOUND");
        assertThat(answer.json().getString("detail")).isEqualTo("There is no key 1.");
      }
      assertThat(idsOf("keys")).isEmpty();
    }
    actAs(SYSTEM);
    assertThat(get("keys/1").json().isNull("revokedAt")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "9007199254740992", "1.0"})
  void anIdThatIsNoneIsRefused(String id) throws Exception {
    assertProblem(get("keys/" + id), 400, "VALIDATION_FAILED");
    assertProblem(delete("keys/" + id), 400, "VALIDATION_FAILED");
    assertProblem(
        post("keys/" + id + "/rotate", "{\"overlapSeconds\":0}"), 400, "VALIDATION_FAILED");
  }

  @Test
  void theListGoesOnWhereItEnds() throws Exception {
    for (int i = 0; i < 3; i++) {
      post("keys", CI);
    }
    Answer first = get("keys");
    assertThat(idsOf("keys")).containsExactly(3L, 2L);
    String next = first.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
    assertThat(idsOf(next)).containsExactly(1L);
    // Another project's cursor is none.
    Answer foreign = getAs(SampleCallers.inOtherProject(Role.SYSTEM), next);
    assertProblem(foreign, 400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"keys?role=admin", "keys?limit=0", "keys?cursor=x", "keys?limit=1&limit=2"})
  void aListThatNobodyCanGiveIsRefused(String path) throws Exception {
    assertProblem(get(path), 400, "VALIDATION_FAILED");
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      mode = Mode.EXCLUDE,
      names = {"ADMIN", "SYSTEM"})
  void onlyAdministratorsHaveToDoWithKeys(Role role) throws Exception {
    post("keys", CI);
    actAs(SampleCallers.with(role));
    for (Answer answer :
        List.of(get("keys"), get("keys/1"), post("keys", CI), delete("keys/1"), rotate(1, 0))) {
      assertProblem(answer, 403, "FORBIDDEN");
    }
  }

  @Test
  void anAdministratorForReadingOnlyReads() throws Exception {
    post("keys", CI);
    actAs(SampleCallers.narrowedTo(Only.READ, Role.ADMIN));
    assertThat(get("keys/1").status()).isEqualTo(200);
    for (Answer answer : List.of(post("keys", CI), delete("keys/1"), rotate(1, 0))) {
      assertProblem(answer, 403, "FORBIDDEN");
    }
  }

  @Test
  void withoutACredentialThereAreNoKeysAndNobodyIsAnybody() throws Exception {
    actAs(null);
    for (Answer answer : List.of(get("keys"), post("keys", CI), delete("keys/1"), get("whoami"))) {
      assertProblem(answer, 401, "UNAUTHORIZED");
      assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"ChronoTrack\"");
    }
  }

  @Test
  void aKeyIsNotPatched() throws Exception {
    post("keys", CI);
    Answer answer = patch("keys/1", "{\"name\":\"x\"}");
    assertProblem(answer, 405, "METHOD_NOT_ALLOWED");
    assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void everyCallerLearnsWhoItIs(Role role) throws Exception {
    Answer answer = getAs(SampleCallers.with(role), "whoami");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"actor\":\"%s\",\"project\":\"default\",\"role\":\"%s\",\"only\":null,\"jobs\":null}",
            SampleCallers.with(role).actor(), role.roleName());
  }

  @Test
  void aNarrowedCallerLearnsToWhat() throws Exception {
    assertThat(getAs(SampleCallers.narrowedTo(Only.REPORT, Role.REPORTER), "whoami").body())
        .contains("\"only\":\"report\"");
    assertThat(getAs(SampleCallers.ofJobs(Role.VIEWER, 10L, 9L), "whoami").body())
        .contains("\"jobs\":[9,10]");
    assertThat(getAs(SampleCallers.inOtherProject(Role.VIEWER), "whoami").body())
        .contains("\"project\":\"other\"");
  }
}
