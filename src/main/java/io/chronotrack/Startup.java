package io.chronotrack;

import io.chronotrack.authentication.JwtVerifier;
import io.chronotrack.config.AppConfig;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.http.Downloads;
import io.chronotrack.key.FirstKeyService;
import io.chronotrack.key.KeyText;
import io.chronotrack.run.stream.RunStreamService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * What happens once before the first request, and once after the last.
 *
 * <p>A start that cannot succeed is told in one record of {@link #REFUSALS}, and the deployment
 * fails: the application never answers half ready.
 */
@ApplicationScoped
@NullUnmarked // CDI fills the fields.
public class Startup {

  /** Name of the logger whose one record, if any, says why the application does not start. */
  static final String REFUSALS = "io.chronotrack.startup";

  private static final System.Logger LOG = System.getLogger(Startup.class.getName());

  /** Held, because a logger whose level was set may otherwise be collected and forget it. */
  private final Logger ownLoggers = Logger.getLogger("io.chronotrack");

  // Providers, because a wrong setting must be met in start() and not while CDI makes this bean.
  @Inject private Provider<AppConfig> config;
  @Inject private Provider<Stores> stores;
  @Inject private Provider<FirstKeyService> firstKey;
  @Inject private Provider<JwtVerifier> tokens;
  @Inject private Provider<Downloads> downloads;
  @Inject private Provider<RunStreamService> streams;

  private @Nullable Stores opened;

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    try {
      open(config.get());
    } catch (InvalidSetting e) {
      System.getLogger(REFUSALS).log(Level.ERROR, e.getMessage());
      throw e;
    }
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    Stores open = opened;
    if (open != null) {
      // First, because they read from the stores.
      downloads.get().close();
      streams.get().close();
      open.close();
    }
    LOG.log(Level.INFO, "ChronoTrack stopped");
  }

  private void open(AppConfig settings) {
    ownLoggers.setLevel(settings.logLevel());
    LOG.log(
        Level.INFO,
        "ChronoTrack {0} starts: environment {1}, port {2}, storage {3}",
        Version.CURRENT,
        settings.appEnv(),
        Integer.toString(settings.port()),
        settings.storage());
    opened = stores.get();
    opened.database().ifPresent(open -> LOG.log(Level.INFO, "Database {0}", open));
    opened.probe().verifyTransactions();
    // Made here, so that a key for tokens that cannot be used is met now.
    tokens.get();
    firstKey.get().prepare(settings.access()).ifPresent(Startup::tell);
    if (!settings.access().required()) {
      LOG.log(Level.WARNING, "AUTH is off: whoever reaches {0} may do everything", settings.bind());
    }
  }

  /** Past every logger, and past what servers put in place of System.out: onto the console only. */
  private static void tell(KeyText key) {
    var console =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    console.println("The administrator's key, shown this one time: " + key.text());
  }
}
