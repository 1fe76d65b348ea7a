package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Only;
import io.chronotrack.access.RateLimited;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Unauthorized;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleGuardTest {

  private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");
  private static final List<String> WRITING = List.of("POST", "PATCH", "PUT", "DELETE", "TRACE");

  private final Guarding guarding = new Guarding();

  private RoleGuard guard(@Nullable Role required) {
    return new RoleGuard(required, guarding.rates());
  }

  private void assertPasses(@Nullable Role required, Caller caller, String method) {
    assertThatCode(() -> guard(required).filter(Requests.by(caller, method, "/jobs")))
        .as("%s by %s where %s is needed", method, caller, required)
        .doesNotThrowAnyException();
  }

  private void assertRefused(Role required, Caller caller, String method, String message) {
    assertThatExceptionOfType(Forbidden.class)
        .as("%s by %s where %s is needed", method, caller, required)
        .isThrownBy(() -> guard(required).filter(Requests.by(caller, method, "/jobs")))
        .withMessage(message);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whoeverHasTheRoleOrOneThatIncludesItPasses(Role required) {
    for (Role own : Role.values()) {
      for (String method : List.of("GET", "POST")) {
        if (own.includes(required)) {
          assertPasses(required, SampleCallers.with(own), method);
        } else {
          assertRefused(
              required,
              SampleCallers.with(own),
              method,
              "This needs the role %s; the credential has the role %s."
                  .formatted(required.roleName(), own.roleName()));
        }
      }
    }
  }

  @Test
  void whereEveryCallerMayPassEveryRoleAndNarrowingDoes() {
    for (Role own : Role.values()) {
      assertPasses(null, SampleCallers.with(own), "GET");
      for (Only only : Only.values()) {
        assertPasses(null, SampleCallers.narrowedTo(only, own), "GET");
      }
    }
  }

  @Test
  void withoutACredentialNobodyPasses() {
    for (Role required : new Role[] {null, Role.VIEWER, Role.SYSTEM}) {
      assertThatExceptionOfType(Unauthorized.class)
          .isThrownBy(() -> guard(required).filter(Requests.by(null, "GET", "/jobs")))
          .withMessage(Unauthorized.missing().getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void whatIsNarrowedToReadingReadsAndChangesNothing(Role required) {
    Caller reader = SampleCallers.narrowedTo(Only.READ, Role.SYSTEM);
    READING.forEach(method -> assertPasses(required, reader, method));
    for (String method : WRITING) {
      assertRefused(required, reader, method, "The credential is narrowed to reading.");
    }
  }

  @Test
  void whatIsNarrowedToReportingReportsAndReadsNothing() {
    for (Role own : new Role[] {Role.REPORTER, Role.SYSTEM}) {
      Caller reporter = SampleCallers.narrowedTo(Only.REPORT, own);
      assertPasses(Role.REPORTER, reporter, "POST");
      assertPasses(Role.REPORTER, reporter, "PATCH");
    }
    Caller reporter = SampleCallers.narrowedTo(Only.REPORT, Role.SYSTEM);
    for (Role required : Role.values()) {
      for (String method : READING) {
        assertRefused(required, reporter, method, "The credential is narrowed to reporting.");
      }
      if (required != Role.REPORTER) {
        for (String method : WRITING) {
          assertRefused(required, reporter, method, "The credential is narrowed to reporting.");
        }
      }
    }
  }

  @Test
  void aNarrowingDoesNotMakeUpForARole() {
    assertRefused(
        Role.REPORTER,
        SampleCallers.narrowedTo(Only.REPORT, Role.VIEWER),
        "POST",
        "This needs the role reporter; the credential has the role viewer.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void whatCreatesOrChangesRunsIsCountedAsAReport(String method) {
    var guard = new RoleGuard(Role.REPORTER, guarding.rates(0, 1));
    Caller reporter = SampleCallers.with(Role.REPORTER);
    guard.filter(Requests.by(reporter, method, "/runs/1"));
    assertThatExceptionOfType(RateLimited.class)
        .isThrownBy(() -> guard.filter(Requests.by(reporter, method, "/runs/1")));
  }

  @Test
  void whatElseIsDoneIsNoReport() {
    RequestRates rates = guarding.rates(0, 1);
    Caller operator = SampleCallers.with(Role.OPERATOR);
    for (int i = 0; i < 3; i++) {
      new RoleGuard(Role.OPERATOR, rates).filter(Requests.by(operator, "POST", "/jobs"));
      new RoleGuard(Role.REPORTER, rates).filter(Requests.by(operator, "GET", "/runs"));
      new RoleGuard(null, rates).filter(Requests.by(operator, "POST", "/whoami"));
    }
    // What is refused is none either.
    assertRefusedReport(rates);
    new RoleGuard(Role.REPORTER, rates).filter(Requests.by(operator, "POST", "/runs"));
  }

  private void assertRefusedReport(RequestRates rates) {
    assertThatExceptionOfType(Forbidden.class)
        .isThrownBy(
            () ->
                new RoleGuard(Role.REPORTER, rates)
                    .filter(
                        Requests.by(
                            SampleCallers.narrowedTo(Only.READ, Role.OPERATOR), "POST", "/runs")));
  }
}
