package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallerSecurityTest {

  private static CallerSecurity of(Role role) {
    return new CallerSecurity(SampleCallers.with(role), false);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aCallerIsInTheRolesThatTheOwnOneIncludes(Role own) {
    for (Role role : Role.values()) {
      assertThat(of(own).isUserInRole(role.roleName())).isEqualTo(own.includes(role));
    }
    assertThat(of(own).isUserInRole("root")).isFalse();
  }

  @Test
  void whoeverHasACredentialIsInTheRoleOfAll() {
    // Servers that heed the annotations themselves ask for it (Jakarta Security).
    assertThat(of(Role.VIEWER).isUserInRole(Role.Name.ANY)).isTrue();
    assertThat(new CallerSecurity(null, false).isUserInRole(Role.Name.ANY)).isFalse();
  }

  @Test
  void withoutACredentialNobodyIsInAnyRole() {
    var nobody = new CallerSecurity(null, true);
    assertThat(nobody.getUserPrincipal()).isNull();
    assertThat(nobody.isUserInRole(Role.Name.VIEWER)).isFalse();
    assertThat(nobody.isSecure()).isTrue();
  }
}
