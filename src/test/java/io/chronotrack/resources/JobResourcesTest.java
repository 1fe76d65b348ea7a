package io.chronotrack.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /} and {@code /jobs} in HTTP. */
class JobResourcesTest extends ResourceLayer {

  private static final Caller VIEWER = SampleCallers.with(Role.VIEWER);
  private static final Caller OF_OTHER_PROJECT = SampleCallers.inOtherProject(Role.SYSTEM);
  private static final Caller OF_JOB_1 = SampleCallers.ofJobs(Role.SYSTEM, 1L);

  private static final String JOB =
      "{\"id\":1,\"name\":\"ETL\",\"description\":null,\"type\":\"etl\",\"archived\":false,"
          + "\"createdAt\":\""
          + NOW_TEXT
          + "\",\"updatedAt\":\""
          + NOW_TEXT
          + "\"}";

  @Test
  void theRootTellsWhereEverythingIs() throws Exception {
    JsonObject index = get("").json();

    assertThat(index.getString("name")).isEqualTo("ChronoTrack");
    assertThat(index.getString("jobs")).isEqualTo("/jobs");
    assertThat(get(index.getString("jobs")).status()).isEqualTo(200);
    assertThat(get(index.getString("runs")).status()).isEqualTo(200);
    assertThat(get(index.getString("problems")).status()).isEqualTo(200);
  }

  @Test
  void aNewJobIsAnsweredWithItsAddressItsVersionAndAllItsMembers() throws Exception {
    Answer answer = post("jobs", "{\"name\":\"ETL\",\"type\":\"etl\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo(getBaseUri().resolve("/jobs/1").toString());
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body()).isEqualTo(JOB);
    assertThat(get("jobs/1").body()).isEqualTo(JOB);
  }

  @Test
  void aCharsetInTheContentTypeIsAccepted() throws Exception {
    assertThat(
            send(
                    "POST",
                    "jobs",
                    "{\"name\":\"ä😀\"}",
                    "Content-Type",
                    "application/json;charset=utf-8")
                .json()
                .getString("name"))
        .isEqualTo("ä😀");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"12345678901\"}",
        "{\"name\":\"\"}",
        "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"a\\nb\"}",
        "{\"name\":\"\\ud83d\"}",
        "{\"name\":null}",
        "{\"name\":[\"a\"]}",
        "{\"name\":\"a\",\"type\":\"123456\"}",
        "{\"name\":\"a\",\"type\":\" \"}",
        "{\"name\":\"a\",\"description\":\"123456789012345678901\"}",
        "{\"name\":\"a\",\"archived\":true}",
        "{\"name\":\"a\",\"createdAt\":\"2026-01-31T09:30:00Z\"}"
      })
  void aJobThatBreaksARuleIsRefused(String body) throws Exception {
    assertThat(post("jobs", body).status()).isEqualTo(400);
    assertThat(get("jobs").json().getJsonArray("items")).isEmpty();
  }

  @Test
  void lengthsAreCountedInCharactersAndNotInUnits() throws Exception {
    String name = "😀".repeat(LIMITS.nameLength());

    assertThat(post("jobs", "{\"name\":\"" + name + "\"}").json().getString("name"))
        .isEqualTo(name);
  }

  @Test
  void aReaderThatHasThisVersionGetsNoBody() throws Exception {
    createJob("{\"name\":\"ETL\"}");

    for (String tags : List.of("\"1\"", "W/\"1\"", "*", "\"7\", \"1\"")) {
      Answer same = get("jobs/1", "If-None-Match", tags);
      assertThat(same.status()).as(tags).isEqualTo(304);
      assertThat(same.header("ETag")).isEqualTo("\"1\"");
      assertThat(same.body()).isEmpty();
    }
    assertThat(get("jobs/1", "If-None-Match", "\"2\"").status()).isEqualTo(200);
  }

  @Test
  void aPatchChangesWhatItMentionsAndClearsWithNull() throws Exception {
    createJob("{\"name\":\"ETL\",\"description\":\"loads\",\"type\":\"etl\"}");

    Answer answer = patch("jobs/1", "{\"archived\":true,\"description\":null}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    assertThat(answer.json().getBoolean("archived")).isTrue();
    assertThat(answer.json().isNull("description")).isTrue();
    assertThat(answer.json().getString("name")).isEqualTo("ETL");
    assertThat(answer.json().getString("type")).isEqualTo("etl");
    assertThat(get("jobs/1").body()).isEqualTo(answer.body());
  }

  @Test
  void aPatchMayHaveThePlainContentType() throws Exception {
    createJob("{\"name\":\"ETL\"}");

    assertThat(
            send("PATCH", "jobs/1", "{\"name\":\"x\"}", "Content-Type", "application/json")
                .json()
                .getString("name"))
        .isEqualTo("x");
  }

  @Test
  void aPatchThatChangesNothingKeepsTheVersion() throws Exception {
    createJob("{\"name\":\"ETL\"}");

    assertThat(patch("jobs/1", "{}").header("ETag")).isEqualTo("\"1\"");
    assertThat(patch("jobs/1", "{\"name\":\"ETL\"}").header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void aPatchOfTheExpectedVersionIsApplied() throws Exception {
    createJob("{\"name\":\"ETL\"}");

    assertThat(patch("jobs/1", "{\"name\":\"a\"}", "If-Match", "\"1\"").status()).isEqualTo(200);
    assertThat(patch("jobs/1", "{\"name\":\"b\"}", "If-Match", "\"9\", \"2\"").status())
        .isEqualTo(200);
    assertThat(patch("jobs/1", "{\"name\":\"c\"}", "If-Match", "*").header("ETag"))
        .isEqualTo("\"4\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":null}",
        "{\"archived\":null}",
        "{\"archived\":\"true\"}",
        "{\"id\":2}",
        "{\"updatedAt\":\"2026-01-31T09:30:00Z\"}"
      })
  void aPatchThatBreaksARuleChangesNothing(String body) throws Exception {
    createJob("{\"name\":\"ETL\",\"type\":\"etl\"}");

    assertThat(patch("jobs/1", body).status()).isEqualTo(400);
    assertThat(get("jobs/1").body()).isEqualTo(JOB);
  }

  @Test
  void aListHasItsItemsTheCursorAndTheLimit() throws Exception {
    createJob("{\"name\":\"ETL\",\"type\":\"etl\"}");

    Answer answer = get("jobs");

    assertThat(answer.body())
        .isEqualTo(
            "{\"items\":["
                + JOB
                + "],\"nextCursor\":null,\"prevCursor\":null,\"limit\":2,\"count\":null}");
    assertThat(answer.header("Link")).isEmpty();
    assertThat(answer.header("ETag")).isEmpty();
  }

  @Test
  void theLimitIsCappedAndTheAnswerTellsIt() throws Exception {
    assertThat(get("jobs").json().getInt("limit")).isEqualTo(LIMITS.pageSize());
    assertThat(get("jobs?limit=1").json().getInt("limit")).isEqualTo(1);
    assertThat(get("jobs?limit=1000").json().getInt("limit")).isEqualTo(LIMITS.maxPageSize());
    assertThat(get("jobs?limit=99999999999999999999").json().getInt("limit"))
        .isEqualTo(LIMITS.maxPageSize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=-1", "limit=0", "limit=x", "limit=", "limit=1&limit=2", "sort=id"})
  void aQueryThatIsWrongIsRefused(String query) throws Exception {
    assertThat(get("jobs?" + query).status()).isEqualTo(400);
  }

  @Test
  void theLinkLeadsThroughAllPagesNewestFirst() throws Exception {
    for (int job = 0; job < 5; job++) {
      createJob("{\"name\":\"ETL\",\"type\":\"a,b\"}");
    }
    createJob("{\"name\":\"other\"}");

    List<Integer> ids = new ArrayList<>();
    String path = "/jobs?type=a%5C,b&limit=2";
    while (!path.isEmpty()) {
      Answer page = get(path);
      assertThat(page.status()).as(path).isEqualTo(200);
      page.json()
          .getJsonArray("items")
          .getValuesAs(JsonObject.class)
          .forEach(job -> ids.add(job.getInt("id")));
      String cursor = page.json().isNull("nextCursor") ? "" : page.json().getString("nextCursor");
      path = nextOf(page);
      if (cursor.isEmpty()) {
        assertThat(path).isEmpty();
      } else {
        assertThat(path).startsWith("/jobs?").contains("cursor=" + cursor, "limit=2", "type=");
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
      }
    }
    assertThat(ids).containsExactly(5, 4, 3, 2, 1);
  }

  @Test
  void aPageStaysWhereItIsWhileJobsAreAdded() throws Exception {
    for (int job = 0; job < 4; job++) {
      createJob("{\"name\":\"ETL\"}");
    }
    String next = nextOf(get("/jobs"));
    createJob("{\"name\":\"new\"}");

    assertThat(get(next).json().getJsonArray("items").getValuesAs(JsonObject.class))
        .extracting(job -> job.getInt("id"))
        .containsExactly(2, 1);
  }

  @Test
  void aCursorBelongsToItsListAndItsFilters() throws Exception {
    for (int job = 0; job < 3; job++) {
      createJob("{\"name\":\"ETL\"}");
    }
    String cursor = get("jobs?archived=false").json().getString("nextCursor");

    assertThat(get("jobs?archived=false&cursor=" + cursor).status()).isEqualTo(200);
    assertThat(get("jobs?archived=false&limit=1&cursor=" + cursor).status()).isEqualTo(200);
    assertThat(get("jobs?cursor=" + cursor).status()).isEqualTo(400);
    assertThat(get("jobs?archived=true&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(get("jobs?archived=false&name=ETL&cursor=" + cursor).status()).isEqualTo(400);
    assertThat(get("runs?cursor=" + cursor).status()).isEqualTo(400);
    assertThat(get("jobs?archived=false&cursor=" + cursor.substring(1)).status()).isEqualTo(400);
  }

  @Test
  void aCursorBelongsToItsProject() throws Exception {
    for (int job = 0; job < 3; job++) {
      createJob("{\"name\":\"ETL\"}");
    }
    String cursor = get("jobs").json().getString("nextCursor");

    assertThat(getAs(VIEWER, "jobs?cursor=" + cursor).status()).isEqualTo(200);
    assertThat(getAs(OF_OTHER_PROJECT, "jobs?cursor=" + cursor).status()).isEqualTo(400);
  }

  @Test
  void aJobIsThereForItsOwnProjectOnly() throws Exception {
    postAs(OF_OTHER_PROJECT, "jobs", "{\"name\":\"theirs\"}");

    assertThat(getAs(OF_OTHER_PROJECT, "jobs/1").json().getString("name")).isEqualTo("theirs");
    assertThat(getAs(OF_OTHER_PROJECT, "jobs").json().getJsonArray("items")).hasSize(1);
    assertThat(get("jobs/1").status()).isEqualTo(404);
    assertThat(patch("jobs/1", "{\"name\":\"mine\"}").status()).isEqualTo(404);
    assertThat(get("jobs").json().getJsonArray("items")).isEmpty();
    assertThat(get("jobs?name=theirs").json().getJsonArray("items")).isEmpty();
  }

  @Test
  void whatIsOfAnotherProjectCannotBeToldFromWhatIsNotThere() throws Exception {
    postAs(OF_OTHER_PROJECT, "jobs", "{\"name\":\"theirs\"}");

    assertThat(get("jobs/1").body()).isEqualTo(get("jobs/2").body().replace('2', '1'));
    assertThat(get("jobs/1", "If-None-Match", "*").status()).isEqualTo(404);
    assertThat(patch("jobs/1", "{}", "If-Match", "\"7\"").status()).isEqualTo(404);
  }

  @Test
  void aCredentialOfCertainJobsSeesOnlyThese() throws Exception {
    createJob("{\"name\":\"seen\"}");
    createJob("{\"name\":\"hidden\"}");

    assertThat(getAs(OF_JOB_1, "jobs/1").status()).isEqualTo(200);
    assertThat(getAs(OF_JOB_1, "jobs/2").status()).isEqualTo(404);
    assertThat(getAs(OF_JOB_1, "jobs").json().getJsonArray("items")).hasSize(1);
  }

  @Test
  void filtersAreCombined() throws Exception {
    createJob("{\"name\":\"ETL\",\"type\":\"etl\"}");
    createJob("{\"name\":\"ETL\",\"type\":\"copy\"}");
    createJob("{\"name\":\"other\",\"type\":\"etl\"}");
    createJob("{\"name\":\"none\"}");
    patch("jobs/2", "{\"archived\":true}");

    assertThat(idsOf("jobs?limit=3&type=etl,copy")).containsExactly(3, 2, 1);
    assertThat(idsOf("jobs?limit=3&type=etl&type=copy")).containsExactly(3, 2, 1);
    assertThat(idsOf("jobs?name=ETL&archived=false")).containsExactly(1);
    assertThat(idsOf("jobs?name=ETL&archived=true&type=etl")).isEmpty();
  }

  @Test
  void headAndOptionsAnswerWhereGetDoes() throws Exception {
    createJob("{\"name\":\"ETL\"}");

    Answer head = sendWithoutBody("HEAD", "jobs/1");
    Answer options = sendWithoutBody("OPTIONS", "jobs/1");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).isEqualTo("\"1\"");
    assertThat(head.body()).isEmpty();
    assertThat(options.status()).isBetween(200, 204);
    assertThat(options.header("Allow").split("\\s*,\\s*"))
        .containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS", "PATCH");
  }

  private List<Integer> idsOf(String path) throws IOException, InterruptedException {
    return get(path).json().getJsonArray("items").getValuesAs(JsonObject.class).stream()
        .map(job -> job.getInt("id"))
        .toList();
  }

  private static String nextOf(Answer page) {
    return page.response().headers().allValues("Link").stream()
        .filter(link -> link.endsWith("; rel=\"next\""))
        .map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1"))
        .findFirst()
        .orElse("");
  }
}
