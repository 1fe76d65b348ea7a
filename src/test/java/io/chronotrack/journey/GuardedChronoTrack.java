package io.chronotrack.journey;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one process that all journeys with credentials share, as a parameter of type
 * {@link Installation}. It starts when the first test asks for it and stops after the last one.
 * Tests are not alone in it: they work in projects of their own.
 */
final class GuardedChronoTrack implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Installation.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return SharedByAllTests.get(
        context, "the process that asks for credentials", Installation.class, Installation::start);
  }
}
