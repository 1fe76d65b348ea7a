package io.chronotrack.container;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is deployed for a test in the container: the packaged WAR, and the test. */
final class Deployments {

  private Deployments() {}

  /** The WAR as the build made it, with further classes for a test. */
  static WebArchive warWith(Class<?>... testClasses) {
    return ShrinkWrap.createFromZipFile(
            WebArchive.class, new File(System.getProperty("chronotrack.war")))
        .addClasses(testClasses)
        .addAsLibrary(jarOf(Assertions.class));
  }

  private static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
