package io.chronotrack.journey;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * The journeys of this class are about the application and not about the process around it: they
 * are the same on every server, and the Maven profile of a server runs these and no others.
 */
@Tag("every-server")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnEveryServer {}
