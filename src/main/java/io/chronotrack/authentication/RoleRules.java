package io.chronotrack.authentication;

import io.chronotrack.access.Role;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Puts the guard that its annotation asks for before every resource method. A method without a rule
 * stops the deployment: forgetting the rule must not open the door.
 *
 * <p>Jakarta REST leaves it to servers whether they heed these annotations, so it is done here.
 */
@Dependent
@Provider
public class RoleRules implements DynamicFeature {

  private final RequestRates rates;

  @Inject
  public RoleRules(RequestRates rates) {
    this.rates = rates;
  }

  /** For servers that look for such a constructor before they ask CDI for the object. */
  @SuppressWarnings("NullAway")
  public RoleRules() {
    this(null);
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    if (!resource.getResourceClass().isAnnotationPresent(Path.class)) {
      // Made by the server, to answer OPTIONS: tells no more than which methods a path has.
      return;
    }
    Method method = resource.getResourceMethod();
    AnnotatedElement ruled = isRuled(method) ? method : resource.getResourceClass();
    RolesAllowed rule = ruled.getAnnotation(RolesAllowed.class);
    if (ruled.isAnnotationPresent(PermitAll.class) == (rule != null)) {
      throw new IllegalStateException(
          method + " needs one rule: say by @RolesAllowed or @PermitAll who may call it");
    }
    if (rule == null) {
      return;
    }
    context.register(new RoleGuard(required(rule, method), rates));
  }

  private static boolean isRuled(Method method) {
    return method.isAnnotationPresent(PermitAll.class)
        || method.isAnnotationPresent(RolesAllowed.class);
  }

  private static @Nullable Role required(RolesAllowed rule, Method method) {
    if (rule.value().length != 1) {
      throw new IllegalStateException(method + " must name one role: roles include each other");
    }
    String name = rule.value()[0];
    if (name.equals(Role.Name.ANY)) {
      return null;
    }
    return Role.of(name)
        .orElseThrow(() -> new IllegalStateException(method + " names no role: " + name));
  }
}
