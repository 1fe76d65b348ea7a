package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /projects} in HTTP. */
class ProjectResourcesTest extends ResourceLayer {

  private static final String BILLING = project("billing", "Billing");
  private static final String DEFAULT = project("default", "Default");

  /** Of the first project that a test creates: the default one has the first id. */
  private static final Caller ADMIN_OF_BILLING = caller(Role.ADMIN, "billing", 2);

  private static String project(String key, String name) {
    return "{\"key\":\""
        + key
        + "\",\"name\":\""
        + name
        + "\",\"archived\":false,\"createdAt\":\""
        + NOW_TEXT
        + "\",\"updatedAt\":\""
        + NOW_TEXT
        + "\"}";
  }

  private static Caller caller(Role role, String project, long projectId) {
    return new Caller("key/7", "192.0.2.1", role, null, project, false, Scope.of(projectId));
  }

  private void createBilling() throws IOException, InterruptedException {
    create("billing", "Billing");
  }

  private void create(String key, String name) throws IOException, InterruptedException {
    assertThat(post("projects", "{\"key\":\"" + key + "\",\"name\":\"" + name + "\"}").status())
        .isEqualTo(201);
  }

  private List<String> keysOf(String path) throws IOException, InterruptedException {
    return keysOf(get(path));
  }

  private static List<String> keysOf(Answer page) {
    return page.json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(project -> project.getString("key"))
        .toList();
  }

  private static String nextOf(Answer page) {
    return page.response().headers().allValues("Link").stream()
        .filter(link -> link.endsWith("; rel=\"next\""))
        .map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1"))
        .findFirst()
        .orElse("");
  }

  @Test
  void aNewProjectIsAnsweredWithItsAddressItsVersionAndAllItsMembers() throws Exception {
    Answer answer = post("projects", "{\"key\":\"billing\",\"name\":\"Billing\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location"))
        .isEqualTo(getBaseUri().resolve("/projects/billing").toString());
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).isEqualTo(BILLING);
    assertThat(get("projects/billing").body()).isEqualTo(BILLING);
  }

  @Test
  void theDefaultProjectIsThereFromTheStart() throws Exception {
    Answer answer = get("projects/default");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.body()).isEqualTo(DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"Billing\"}",
        "{\"key\":null,\"name\":\"Billing\"}",
        "{\"key\":7,\"name\":\"Billing\"}",
        "{\"key\":\"\",\"name\":\"Billing\"}",
        "{\"key\":\"Billing\",\"name\":\"Billing\"}",
        "{\"key\":\"1a\",\"name\":\"Billing\"}",
        "{\"key\":\"a-\",\"name\":\"Billing\"}",
        "{\"key\":\"a/b\",\"name\":\"Billing\"}",
        "{\"key\":\"a1234567890123456789012345678901234567890123456789012345678901234\","
            + "\"name\":\"Billing\"}",
        "{\"key\":\"billing\"}",
        "{\"key\":\"billing\",\"name\":null}",
        "{\"key\":\"billing\",\"name\":\" \"}",
        "{\"key\":\"billing\",\"name\":\"a\\nb\"}",
        "{\"key\":\"billing\",\"name\":\"12345678901\"}",
        "{\"key\":\"billing\",\"name\":\"Billing\",\"id\":2}",
        "{\"key\":\"billing\",\"name\":\"Billing\",\"archived\":false}"
      })
  void aProjectThatBreaksARuleIsRefused(String body) throws Exception {
    Answer answer = post("projects", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("code")).isEqualTo("VALIDATION_FAILED");
    assertThat(keysOf("projects")).containsExactly("default");
  }

  @Test
  void aRefusedKeyIsToldWhatWouldBeRight() throws Exception {
    JsonObject error =
        post("projects", "{\"key\":\"Billing\",\"name\":\"Billing\"}")
            .json()
            .getJsonArray("errors")
            .getJsonObject(0);

    assertThat(error.getString("pointer")).isEqualTo("/key");
    assertThat(error.getString("detail"))
        .isEqualTo(
            "must have only lower-case letters (a-z), digits and hyphens, begin with a letter and"
                + " not end with a hyphen");
  }

  @Test
  void aKeyIsGivenAwayOnlyOnce() throws Exception {
    createBilling();

    Answer answer = post("projects", "{\"key\":\"billing\",\"name\":\"Other\"}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().getString("code")).isEqualTo("PROJECT_EXISTS");
    assertThat(answer.json().getString("detail"))
        .isEqualTo("There is a project 'billing' already.");
    assertThat(get("projects/billing").body()).isEqualTo(BILLING);
  }

  @Test
  void aReaderThatHasThisVersionGetsNoBody() throws Exception {
    createBilling();

    for (String tags : List.of("\"1\"", "W/\"1\"", "*", "\"7\", \"1\"")) {
      Answer same = get("projects/billing", "If-None-Match", tags);
      assertThat(same.status()).as(tags).isEqualTo(304);
      assertThat(same.header("ETag")).isEqualTo("\"1\"");
      assertThat(same.body()).isEmpty();
    }
    assertThat(get("projects/billing", "If-None-Match", "\"2\"").status()).isEqualTo(200);
  }

  @Test
  void aPatchChangesWhatItMentions() throws Exception {
    createBilling();

    Answer answer = patch("projects/billing", "{\"archived\":true}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    assertThat(answer.body()).isEqualTo(BILLING.replace("\"archived\":false", "\"archived\":true"));
    assertThat(get("projects/billing").body()).isEqualTo(answer.body());
    assertThat(patch("projects/billing", "{\"archived\":false}").body()).isEqualTo(BILLING);
  }

  @Test
  void aPatchMayHaveThePlainContentType() throws Exception {
    createBilling();

    assertThat(
            send(
                    "PATCH",
                    "projects/billing",
                    "{\"name\":\"x\"}",
                    "Content-Type",
                    "application/json")
                .json()
                .getString("name"))
        .isEqualTo("x");
  }

  @Test
  void aPatchThatChangesNothingKeepsTheVersion() throws Exception {
    createBilling();

    assertThat(patch("projects/billing", "{}").header("ETag")).isEqualTo("\"1\"");
    assertThat(patch("projects/billing", "{\"name\":\"Billing\"}").header("ETag"))
        .isEqualTo("\"1\"");
  }

  @Test
  void aPatchOfAnotherVersionIsRefused() throws Exception {
    createBilling();

    assertThat(patch("projects/billing", "{\"name\":\"a\"}", "If-Match", "\"1\"").status())
        .isEqualTo(200);
    Answer late = patch("projects/billing", "{\"name\":\"b\"}", "If-Match", "\"1\"");
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.json().getString("code")).isEqualTo("VERSION_MISMATCH");
    assertThat(get("projects/billing").json().getString("name")).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":null}",
        "{\"archived\":null}",
        "{\"archived\":\"true\"}",
        "{\"key\":\"other\"}",
        "{\"updatedAt\":\"2026-01-31T09:30:00Z\"}"
      })
  void aPatchThatBreaksARuleChangesNothing(String body) throws Exception {
    createBilling();

    assertThat(patch("projects/billing", body).status()).isEqualTo(400);
    assertThat(get("projects/billing").body()).isEqualTo(BILLING);
  }

  @Test
  void aListHasItsItemsTheCursorAndTheLimit() throws Exception {
    createBilling();

    assertThat(get("projects").body())
        .isEqualTo(
            "{\"items\":["
                + BILLING
                + ","
                + DEFAULT
                + "],\"nextCursor\":null,\"prevCursor\":null,\"limit\":2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=x", "archived=yes", "name=Billing", "cursor=x"})
  void aQueryThatIsWrongIsRefused(String query) throws Exception {
    assertThat(get("projects?" + query).status()).isEqualTo(400);
  }

  @Test
  void theLinkLeadsThroughAllPagesNewestFirst() throws Exception {
    for (String key : List.of("a", "b", "c", "d")) {
      create(key, "Name");
    }
    patch("projects/b", "{\"archived\":true}");

    List<String> keys = new ArrayList<>();
    String path = "/projects?archived=false&limit=2";
    while (!path.isEmpty()) {
      Answer page = get(path);
      assertThat(page.status()).as(path).isEqualTo(200);
      keys.addAll(keysOf(page));
      path = nextOf(page);
    }
    assertThat(keys).containsExactly("d", "c", "a", "default");
    assertThat(keysOf("projects?archived=true")).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PATCH"})
  void aProjectThatDoesNotExistIsNotFound(String method) throws Exception {
    Answer answer =
        method.equals("GET") ? get("projects/billing") : patch("projects/billing", "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
    assertThat(answer.json().getString("detail")).isEqualTo("There is no project 'billing'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Billing", "1", "a%27b", "%3Cb%3E", "-", "a%20b", "%C3%A4"})
  void whatCannotBeAKeyIsNotFoundAndNotRepeated(String key) throws Exception {
    for (Answer answer : List.of(get("projects/" + key), patch("projects/" + key, "{}"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().getString("detail")).isEqualTo("There is no such project.");
    }
  }

  @Test
  void anAdministratorReadsAndChangesTheOwnProject() throws Exception {
    createBilling();
    actAs(ADMIN_OF_BILLING);

    assertThat(get("projects/billing").body()).isEqualTo(BILLING);
    assertThat(get("projects").body())
        .isEqualTo(
            "{\"items\":[" + BILLING + "],\"nextCursor\":null,\"prevCursor\":null,\"limit\":2}");
    assertThat(patch("projects/billing", "{\"name\":\"x\"}").json().getString("name"))
        .isEqualTo("x");
  }

  @Test
  void forAnAdministratorAnotherProjectIsLikeOneThatDoesNotExist() throws Exception {
    createBilling();
    create("other", "Other");
    String other = get("projects/other").body();
    actAs(ADMIN_OF_BILLING);

    for (String body : List.of("{}", "{\"name\":\"x\"}", "{\"archived\":true}")) {
      assertThat(patch("projects/other", body).body())
          .isEqualTo(patch("projects/never", body).body().replace("never", "other"));
      assertThat(patch("projects/other", body, "If-Match", "\"9\"").status()).isEqualTo(404);
    }
    Answer answer = get("projects/other", "If-None-Match", "*");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo(get("projects/never").body().replace("never", "other"));
    actAs(SYSTEM);
    assertThat(get("projects/other").body()).isEqualTo(other);
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, mode = Mode.EXCLUDE, names = "SYSTEM")
  void onlyTheSystemCreatesProjects(Role role) throws Exception {
    actAs(caller(role, "default", 1));

    Answer answer = post("projects", "{\"key\":\"billing\",\"name\":\"Billing\"}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().getString("code")).isEqualTo("FORBIDDEN");
    actAs(SYSTEM);
    assertThat(keysOf("projects")).containsExactly("default");
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      mode = Mode.EXCLUDE,
      names = {"ADMIN", "SYSTEM"})
  void projectsAreForAdministrators(Role role) throws Exception {
    actAs(caller(role, "default", 1));

    assertThat(get("projects").status()).isEqualTo(403);
    assertThat(get("projects/default").status()).isEqualTo(403);
    assertThat(get("projects/never").status()).isEqualTo(403);
    assertThat(patch("projects/default", "{\"archived\":true}").status()).isEqualTo(403);
  }

  @Test
  void headAndOptionsAnswerWhereGetDoes() throws Exception {
    Answer head = sendWithoutBody("HEAD", "projects/default");
    Answer options = sendWithoutBody("OPTIONS", "projects/default");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).isEqualTo("\"1\"");
    assertThat(head.body()).isEmpty();
    assertThat(options.header("Allow").split("\\s*,\\s*"))
        .containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS", "PATCH");
  }
}
