package io.chronotrack.config;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads {@link AppConfig} through MicroProfile Config, as the application does inside a server. */
public final class MicroProfileSettings {

  private MicroProfileSettings() {}

  /**
   * The configuration of this application.
   *
   * @throws InvalidSetting naming the first setting that is wrong
   */
  public static AppConfig read() {
    // The class's own loader, because a data source is created on a server's thread whose context
    // loader is not the application's.
    Config config = ConfigProvider.getConfig(MicroProfileSettings.class.getClassLoader());
    return AppConfig.from(key -> config.getOptionalValue(key, String.class));
  }
}
