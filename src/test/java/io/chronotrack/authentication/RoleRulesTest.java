package io.chronotrack.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Role;
import io.chronotrack.access.SampleCallers;
import io.chronotrack.access.Unauthorized;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleRulesTest {

  private final RoleRules rules = new RoleRules(new Guarding().rates());

  /** What the rules put before a method. */
  private List<Object> guardsOf(Class<?> resource, String method) {
    List<Object> registered = new ArrayList<>();
    var context =
        (FeatureContext)
            Proxy.newProxyInstance(
                RoleRulesTest.class.getClassLoader(),
                new Class<?>[] {FeatureContext.class},
                (proxy, called, arguments) -> {
                  assertThat(called.getName()).isEqualTo("register");
                  registered.add(arguments[0]);
                  return proxy;
                });
    Method declared =
        Arrays.stream(resource.getDeclaredMethods())
            .filter(candidate -> candidate.getName().equals(method))
            .findFirst()
            .orElseThrow();
    rules.configure(new Info(resource, declared), context);
    return registered;
  }

  private record Info(Class<?> type, Method method) implements ResourceInfo {

    @Override
    public Method getResourceMethod() {
      return method;
    }

    @Override
    public Class<?> getResourceClass() {
      return type;
    }
  }

  private RoleGuard guardOf(Class<?> resource, String method) {
    List<Object> guards = guardsOf(resource, method);
    assertThat(guards).hasSize(1);
    return (RoleGuard) guards.get(0);
  }

  private static void assertNeeds(RoleGuard guard, Role required) {
    for (Role own : Role.values()) {
      var request = Requests.by(SampleCallers.with(own), "GET", "/");
      if (own.includes(required)) {
        assertThatCode(() -> guard.filter(request)).doesNotThrowAnyException();
      } else {
        assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> guard.filter(request));
      }
    }
  }

  @Path("ruled")
  static final class Ruled {

    @RolesAllowed(Role.Name.ADMIN)
    void admin() {
      // Only its rule counts.
    }

    @RolesAllowed(Role.Name.ANY)
    void any() {
      // Only its rule counts.
    }

    @PermitAll
    void everybody() {
      // Only its rule counts.
    }

    void nobodySaidAnything() {
      // Has no rule.
    }

    @PermitAll
    @RolesAllowed(Role.Name.ADMIN)
    void contradiction() {
      // Which of them is meant?
    }

    @DenyAll
    void nobody() {
      // Has a rule that there is no use for.
    }

    @RolesAllowed({Role.Name.VIEWER, Role.Name.ADMIN})
    void two() {
      // Which of them would be the least?
    }

    @RolesAllowed({})
    void none() {
      // Not even one.
    }

    @RolesAllowed("root")
    void unknown() {
      // Nobody can have it.
    }

    @RolesAllowed("ADMIN")
    void upperCase() {
      // Names are in lower case.
    }
  }

  @Path("class")
  @RolesAllowed(Role.Name.OPERATOR)
  static final class RuledAsAWhole {

    void asTheClass() {
      // The rule of the class counts.
    }

    @RolesAllowed(Role.Name.VIEWER)
    void less() {
      // The own rule counts.
    }

    @PermitAll
    void everybody() {
      // The own rule counts.
    }
  }

  @Path("open")
  @PermitAll
  static final class Open {

    void asTheClass() {
      // The rule of the class counts.
    }

    @RolesAllowed(Role.Name.SYSTEM)
    void system() {
      // The own rule counts.
    }
  }

  /** As servers make them, to answer OPTIONS. */
  static final class MadeByTheServer {

    void options() {
      // Nobody can put a rule here.
    }
  }

  @Test
  void aMethodIsGuardedAsItSays() {
    assertNeeds(guardOf(Ruled.class, "admin"), Role.ADMIN);
  }

  @Test
  void everyCallerMayBeLetPassButNobodyWithoutCredential() {
    RoleGuard guard = guardOf(Ruled.class, "any");
    assertNeeds(guard, Role.VIEWER);
    assertThatExceptionOfType(Unauthorized.class)
        .isThrownBy(() -> guard.filter(Requests.by(null, "GET", "/")));
  }

  @Test
  void whatIsForEverybodyIsNotGuarded() {
    assertThat(guardsOf(Ruled.class, "everybody")).isEmpty();
    assertThat(guardsOf(Open.class, "asTheClass")).isEmpty();
  }

  @Test
  void whatAClassSaysHoldsForItsMethodsUntilTheySayOtherwise() {
    assertNeeds(guardOf(RuledAsAWhole.class, "asTheClass"), Role.OPERATOR);
    assertNeeds(guardOf(RuledAsAWhole.class, "less"), Role.VIEWER);
    assertThat(guardsOf(RuledAsAWhole.class, "everybody")).isEmpty();
    assertNeeds(guardOf(Open.class, "system"), Role.SYSTEM);
  }

  @Test
  void whatTheServerAddsIsLeftAlone() {
    assertThat(guardsOf(MadeByTheServer.class, "options")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobodySaidAnything", "nobody", "contradiction"})
  void aMethodWithoutOneClearRuleStopsTheStart(String method) {
    assertThatIllegalStateException()
        .isThrownBy(() -> guardsOf(Ruled.class, method))
        .withMessageContaining(method)
        .withMessageContaining("needs one rule");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", "none"})
  void aMethodThatDoesNotNameOneRoleStopsTheStart(String method) {
    assertThatIllegalStateException()
        .isThrownBy(() -> guardsOf(Ruled.class, method))
        .withMessageContaining("must name one role");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "upperCase"})
  void aRoleThatThereIsNotStopsTheStart(String method) {
    assertThatIllegalStateException()
        .isThrownBy(() -> guardsOf(Ruled.class, method))
        .withMessageContaining("names no role");
  }
}
