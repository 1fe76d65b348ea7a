package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.audit.AuditRecord;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedAttemptsTest {

  private final Guarding guarding = new Guarding();
  private final RefusedAttempts attempts = new RefusedAttempts(guarding.refusals());

  private void answer(ContainerRequest request, int status) {
    attempts.filter(request, new ContainerResponse(request, Response.status(status).build()));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusalOfAStrangerIsWrittenDown(int status) {
    answer(Requests.of("POST", "/jobs/1/runs?a=b"), status);
    AuditRecord record = guarding.records(0).get(0);
    assertThat(record.actor()).isEqualTo("anonymous");
    assertThat(record.subject()).isEqualTo("POST /jobs/1/runs");
    assertThat(record.address()).isEqualTo(Requests.ADDRESS);
    assertThat(record.after()).contains("\"status\":" + status);
  }

  @Test
  void aRefusalOfACallerIsWrittenDownInTheProjectThatItActsIn() {
    ContainerRequest request = Requests.of("DELETE", "/keys/1");
    request.setProperty(AuthenticationFilter.ACTOR, "jwt/viewer");
    request.setSecurityContext(
        new CallerSecurity(SampleCallers.inOtherProject(Role.VIEWER), false));
    answer(request, 403);
    assertThat(guarding.records(2)).extracting(AuditRecord::actor).containsExactly("jwt/viewer");
    assertThat(guarding.records(0)).isEmpty();
  }

  @Test
  void whoIsKnownAndInNoProjectIsWrittenDownByName() {
    ContainerRequest request = Requests.of("GET", "/jobs");
    request.setProperty(AuthenticationFilter.ACTOR, "jwt/ann");
    answer(request, 403);
    assertThat(guarding.records(0)).extracting(AuditRecord::actor).containsExactly("jwt/ann");
  }

  @Test
  void aStrangerWhoIsToldToWaitIsWrittenDownAndACallerIsNot() {
    ContainerRequest known = Requests.of("GET", "/jobs");
    known.setProperty(AuthenticationFilter.ACTOR, "key/7");
    answer(known, 429);
    assertThat(guarding.records(0)).isEmpty();

    answer(Requests.of("GET", "/jobs"), 429);
    assertThat(guarding.records(0)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 304, 400, 404, 409, 500, 503})
  void whatElseIsAnsweredIsNoRefusal(int status) {
    answer(Requests.of("GET", "/jobs"), status);
    assertThat(guarding.records(0)).isEmpty();
  }
}
