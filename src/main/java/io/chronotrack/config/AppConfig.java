package io.chronotrack.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, typed and validated: the only place that knows the names, the
 * defaults and the rules of the settings.
 *
 * <p>It depends on nothing but the JDK, because it is read twice: by the launcher, which must know
 * the port before the server starts, and inside the application, where MicroProfile Config is the
 * source ({@link MicroProfileSettings}).
 *
 * @param port TCP port of the HTTP listener, 1 to 65535
 * @param bind address that the HTTP listener binds to
 * @param appEnv what kind of installation this is
 * @param storage where jobs and runs are kept
 * @param databaseFile the SQLite file, absolute; used when {@code storage} is {@code SQLITE}
 * @param database where PostgreSQL is; used when {@code storage} is {@code POSTGRESQL}
 * @param logLevel threshold of the application's own log lines
 * @param access whether callers must show a credential, and how much they may ask for
 * @param jwt which JSON Web Tokens are accepted
 * @param web who may call from where, and how slowly
 * @param limits what a request may ask for and how long it may wait
 */
public record AppConfig(
    int port,
    String bind,
    AppEnv appEnv,
    StorageKind storage,
    Path databaseFile,
    DatabaseSettings database,
    Level logLevel,
    AccessSettings access,
    JwtSettings jwt,
    WebSettings web,
    Limits limits) {

  private static final List<Level> LOG_LEVELS =
      List.of(Level.SEVERE, Level.WARNING, Level.INFO, Level.FINE, Level.FINER);

  /**
   * Reads and checks all settings.
   *
   * @param source gives the text of a setting by its name; empty or blank text counts as unset
   * @throws InvalidSetting naming the first setting that is wrong and what would be right
   */
  public static AppConfig from(Function<String, Optional<String>> source) {
    var settings = new Settings(source);
    AppEnv appEnv = settings.choice("APP_ENV", AppEnv.class, AppEnv.DEVELOPMENT);
    StorageKind storage = settings.choice("STORAGE", StorageKind.class, StorageKind.SQLITE);
    AccessSettings access = AccessSettings.from(settings, appEnv);
    access.verifyFor(storage);
    // Where everybody may do everything, everybody should be this machine only.
    boolean reachable = appEnv == AppEnv.PRODUCTION && access.required();
    return new AppConfig(
        settings.number("PORT", 3000, 1, 65_535),
        settings.text("BIND", reachable ? "0.0.0.0" : "127.0.0.1"),
        appEnv,
        storage,
        databaseFile(settings),
        DatabaseSettings.from(settings, storage),
        logLevel(settings),
        access,
        JwtSettings.from(settings),
        WebSettings.from(settings),
        Limits.from(settings));
  }

  private static Path databaseFile(Settings settings) {
    String text = settings.text("DATABASE_FILE", "./data/chronotrack.db");
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new InvalidSetting("DATABASE_FILE", "the path of a file", text);
    }
  }

  private static Level logLevel(Settings settings) {
    String name = settings.text("LOG_LEVEL", Level.INFO.getName());
    return LOG_LEVELS.stream()
        .filter(level -> level.getName().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSetting(
                    "LOG_LEVEL",
                    "one of "
                        + LOG_LEVELS.stream().map(Level::getName).collect(Collectors.joining(", ")),
                    name));
  }

  /** The raw texts, read with the rules that all settings share. */
  record Settings(Function<String, Optional<String>> source) {

    String text(String key, String fallback) {
      return source.apply(key).map(String::strip).filter(t -> !t.isEmpty()).orElse(fallback);
    }

    @Nullable String textIfGiven(String key) {
      String given = text(key, "");
      return given.isEmpty() ? null : given;
    }

    /** A text that may also be given as the content of the file that {@code KEY_FILE} names. */
    @Nullable Secret secret(String key) {
      String given = text(key, "");
      String file = text(key + "_FILE", "");
      if (!given.isEmpty() && !file.isEmpty()) {
        throw InvalidSetting.ofSecret(key, "given once: as " + key + " or as " + key + "_FILE");
      }
      if (file.isEmpty()) {
        return given.isEmpty() ? null : new Secret(given);
      }
      try {
        String content = Files.readString(Path.of(file)).strip();
        if (!content.isEmpty()) {
          return new Secret(content);
        }
      } catch (IOException | InvalidPathException e) {
        // A file that cannot be read is as wrong as an empty one: the same answer tells both.
      }
      throw new InvalidSetting(key + "_FILE", "a file that can be read and is not empty", file);
    }

    int number(String key, int fallback, int min, int max) {
      String text = text(key, Integer.toString(fallback));
      try {
        int value = Integer.parseInt(text);
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Not a number is as wrong as one that is out of range: the same answer below tells both.
      }
      throw new InvalidSetting(key, "a whole number from " + min + " to " + max, text);
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
      String text = text(key, fallback.name());
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> constant.name().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidSetting(
                      key,
                      "one of "
                          + Arrays.stream(type.getEnumConstants())
                              .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                              .collect(Collectors.joining(", ")),
                      text));
    }
  }
}
