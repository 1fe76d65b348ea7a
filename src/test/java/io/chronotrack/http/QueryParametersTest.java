package io.chronotrack.http;

import static io.chronotrack.http.Refusals.assertViolations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.config.Limits;
import io.chronotrack.page.PageRequest;
import io.chronotrack.page.Position;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

  private static final Position POSITION = new Position(1_769_851_800_123L, 42);

  private enum Colour {
    RED,
    BLUE
  }

  private static QueryParameters query(String relative) {
    return query(relative, SampleCallers.system());
  }

  private static QueryParameters query(String relative, Caller caller) {
    return new QueryParameters(RequestSample.get(relative).getUriInfo(), caller);
  }

  @Test
  void whatIsNotGivenIsNull() {
    QueryParameters query = query("jobs");
    assertThat(query.text("name")).isNull();
    assertThat(query.flag("archived")).isNull();
    assertThat(query.time("at.gte")).isNull();
    assertThat(query.list("type")).isEmpty();
    assertThat(query.choices("colour", Colour.class)).isEmpty();
    assertThat(query.page(Limits.DEFAULT)).isEqualTo(PageRequest.first(50));
    assertThatCode(query::verify).doesNotThrowAnyException();
  }

  @Test
  void everythingIsRead() {
    QueryParameters query =
        query("jobs?name=a%20b%26c&archived=true&type=etl,report&colour=BLUE&limit=7");
    assertThat(query.text("name")).isEqualTo("a b&c");
    assertThat(query.flag("archived")).isTrue();
    assertThat(query.list("type")).containsExactly("etl", "report");
    assertThat(query.choices("colour", Colour.class)).containsExactly(Colour.BLUE);
    assertThat(query.page(Limits.DEFAULT)).isEqualTo(PageRequest.first(7));
    assertThatCode(query::verify).doesNotThrowAnyException();
  }

  @Test
  void valuesAreSeparatedByCommasOrByRepetition() {
    assertThat(query("jobs?type=a,b&type=c&type=a").list("type")).containsExactly("a", "b", "c");
    assertThat(query("jobs?type=a\\,b,c".replace("\\", "%5C")).list("type"))
        .containsExactly("a,b", "c");
    assertThat(query("jobs?colour=RED,BLUE").choices("colour", Colour.class))
        .containsExactly(Colour.RED, Colour.BLUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a,", ",a", "a,,b"})
  void anEmptyValueIsRefused(String value) {
    QueryParameters query = query("jobs?type=" + value);
    query.list("type");
    assertViolations(query::verify).contains("parameter type: must not have an empty value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREEN", "red", "RED,GREEN", "RED;BLUE"})
  void aChoiceMustBeOneOfTheConstants(String value) {
    QueryParameters query = query("runs?colour=" + value);
    query.choices("colour", Colour.class);
    assertViolations(query::verify).containsExactly("parameter colour: must be one of [RED, BLUE]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", "1", "yes", "true,false"})
  void aFlagMustBeTrueOrFalse(String value) {
    QueryParameters query = query("jobs?archived=" + value);
    query.flag("archived");
    assertViolations(query::verify).containsExactly("parameter archived: must be true or false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T09:30:00.123Z",
        "2026-01-31T09:30:00.1239Z",
        "2026-01-31t09:30:00.123z",
        "2026-01-31T10:30:00.123%2B01:00",
        "2026-01-31T04:30:00.123-05:00"
      })
  void aTimeIsReadWithItsOffsetAndCutToTheMillisecond(String value) {
    QueryParameters query = query("audit?at.gte=" + value);
    assertThat(query.time("at.gte")).isEqualTo("2026-01-31T09:30:00.123Z");
    assertThatCode(query::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "today",
        "1769851800123",
        "2026-01-31",
        "2026-06-31T00:00:00Z",
        "2026-01-31T09:30:00",
        "2026-01-31T10:30:00+01:00"
      })
  void whatIsNoTimeIsRefused(String value) {
    QueryParameters query = query("audit?at.lt=" + value);
    assertThat(query.time("at.lt")).isNull();
    assertViolations(query::verify)
        .singleElement()
        .asString()
        .startsWith("parameter at.lt: must be a time as of RFC 3339");
  }

  @Test
  void whatHasOneValueMustNotBeGivenTwice() {
    QueryParameters query = query("jobs?archived=true&archived=true&limit=1&limit=2");
    query.flag("archived");
    query.page(Limits.DEFAULT);
    assertViolations(query::verify)
        .containsExactly(
            "parameter archived: must not be given more than once",
            "parameter limit: must not be given more than once");
  }

  @Test
  void parametersThatNobodyAskedForAreRefusedByName() {
    QueryParameters query = query("jobs?archive=true&Limit=5");
    query.flag("archived");
    query.page(Limits.DEFAULT);
    assertViolations(query::verify)
        .containsExactlyInAnyOrder(
            "parameter archive: is not a parameter of this list",
            "parameter Limit: is not a parameter of this list");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "500, 500",
    "501, 500",
    "007, 7",
    "99999999999999999999, 500",
    "2147483648, 500"
  })
  void aLimitOverTheMaximumIsCapped(String limit, int effective) {
    QueryParameters query = query("jobs?limit=" + limit);
    assertThat(query.page(Limits.DEFAULT).limit()).isEqualTo(effective);
    assertThatCode(query::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "000", "abc", "1.5", "1e2", "", "%2B1", "%D9%A1", "5%20"})
  void aLimitMustBeAWholeNumberFromOne(String limit) {
    QueryParameters query = query("jobs?limit=" + limit);
    assertThat(query.page(Limits.DEFAULT).limit()).isPositive();
    assertViolations(query::verify)
        .containsExactly("parameter limit: must be a whole number from 1");
  }

  @Test
  void aCursorLeadsOnInItsOwnListWhateverTheLimit() {
    String cursor = query("jobs?archived=true&type=a").cursorAfter(POSITION);
    QueryParameters next = query("jobs?limit=3&type=a&archived=true&cursor=" + cursor);
    next.flag("archived");
    next.list("type");
    assertThat(next.page(Limits.DEFAULT)).isEqualTo(new PageRequest(3, POSITION));
    assertThatCode(next::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs?archived=false&", "jobs?", "jobs/1/runs?archived=true&", "runs?"})
  void aCursorIsRefusedInEveryOtherList(String list) {
    String cursor = query("jobs?archived=true").cursorAfter(POSITION);
    QueryParameters next = query(list + "cursor=" + cursor);
    next.flag("archived");
    next.page(Limits.DEFAULT);
    assertViolations(next::verify)
        .containsExactly(
            "parameter cursor: must be a cursor of this very list, with the same filters and order");
  }

  @Test
  void aCursorLeadsOnForEveryCallerOfTheSameProject() {
    String cursor = query("jobs", SampleCallers.with(Role.VIEWER)).cursorAfter(POSITION);
    QueryParameters next = query("jobs?cursor=" + cursor, SampleCallers.with(Role.ADMIN));
    assertThat(next.page(Limits.DEFAULT)).isEqualTo(new PageRequest(50, POSITION));
    assertThatCode(next::verify).doesNotThrowAnyException();
  }

  @Test
  void aCursorOfOneProjectIsRefusedInAnother() {
    String cursor = query("jobs", SampleCallers.inOtherProject(Role.VIEWER)).cursorAfter(POSITION);
    QueryParameters next = query("jobs?cursor=" + cursor, SampleCallers.with(Role.VIEWER));
    assertThat(next.page(Limits.DEFAULT).after()).isNull();
    assertViolations(next::verify)
        .containsExactly(
            "parameter cursor: must be a cursor of this very list, with the same filters and order");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAA", "%00", "%F0%9F%98%80"})
  void whatIsNoCursorIsRefused(String cursor) {
    QueryParameters query = query("jobs?cursor=" + cursor);
    query.page(Limits.DEFAULT);
    assertViolations(query::verify).hasSize(1);
  }

  @Test
  void theNextPageIsThisRequestWithAnotherCursor() {
    assertThat(query("jobs").withCursor("abc")).isEqualTo(URI.create("/jobs?cursor=abc"));
    URI next = query("jobs?limit=2&cursor=old&archived=true").withCursor("new");
    assertThat(next.getPath()).isEqualTo("/jobs");
    assertThat(next.getQuery().split("&"))
        .containsExactlyInAnyOrder("limit=2", "archived=true", "cursor=new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=a%20b",
        "name=a+b",
        "name=%7Bx%7D",
        "name=100%25",
        "name=%26%3D%23",
        "name=%F0%9F%98%80"
      })
  void theNextPageHasTheSameFilters(String filter) {
    URI next = query("jobs?" + filter).withCursor("abc");
    var again = query(next.toString().substring(1));
    assertThat(again.text("name")).isEqualTo(query("jobs?" + filter).text("name"));
    assertThat(again.text("cursor")).isEqualTo("abc");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    QueryParameters query = query("jobs?archived=x&limit=0&cursor=x&nme=y");
    query.flag("archived");
    query.page(Limits.DEFAULT);
    assertViolations(query::verify).hasSize(4);
  }

  @Test
  void aCursorLeadsBackAsWell() {
    String cursor = query("jobs?archived=true").cursorBefore(POSITION);
    QueryParameters previous = query("jobs?archived=true&limit=3&count=true&cursor=" + cursor);
    previous.flag("archived");
    assertThat(previous.page(Limits.DEFAULT)).isEqualTo(new PageRequest(3, POSITION, true));
    assertThat(previous.count()).isTrue();
    assertThatCode(previous::verify).doesNotThrowAnyException();
  }

  @Test
  void numbersIdsAndPeriodsAreRead() {
    QueryParameters query =
        query("runs?durationMs.gte=0&jobId=3,1&jobId=9007199254740991&since=24h");
    assertThat(query.number("durationMs.gte")).isZero();
    assertThat(query.number("durationMs.lt")).isNull();
    assertThat(query.ids("jobId", 3)).containsExactly(3L, 1L, 9007199254740991L);
    assertThat(query.period("since")).isEqualTo(Duration.ofHours(24));
    assertThatCode(query::verify).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "007", "9007199254740992", "99999999999999999999", "a"})
  void whatIsNoWholeNumberIsRefused(String value) {
    QueryParameters query = query("runs?durationMs.gte=" + value);
    query.number("durationMs.gte");
    assertViolations(query::verify)
        .containsExactly(
            "parameter durationMs.gte: must be a whole number from 0 to 9007199254740991");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "x", "1,-2", "9007199254740992"})
  void whatIsNoIdIsRefused(String value) {
    QueryParameters query = query("runs?jobId=" + value);
    query.ids("jobId", 5);
    assertViolations(query::verify)
        .containsExactly("parameter jobId: must be whole numbers from 1 to 9007199254740991");
  }

  @Test
  void tooManyIdsAreRefused() {
    QueryParameters query = query("runs?jobId=1,2,3");
    query.ids("jobId", 2);
    assertViolations(query::verify)
        .containsExactly("parameter jobId: must not have more than 2 values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "24", "h", "0h", "24w", "-1h", "1000000s", "1.5h", "24H"})
  void whatIsNoPeriodIsRefused(String value) {
    QueryParameters query = query("runs?since=" + value);
    query.period("since");
    assertViolations(query::verify)
        .singleElement()
        .asString()
        .startsWith("parameter since: must be a whole number from 1 to 999999 with the unit");
  }

  @Test
  void membersGoOnAsTheClientLikes() {
    QueryParameters query = query("runs?metadata.env=prod&metadata.a.b=1&meta=x");
    assertThat(query.members("metadata."))
        .containsExactlyInAnyOrderEntriesOf(Map.of("env", "prod", "a.b", "1"));
    assertViolations(query::verify)
        .containsExactly("parameter meta: is not a parameter of this list");
  }
}
