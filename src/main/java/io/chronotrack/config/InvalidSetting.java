package io.chronotrack.config;

/** A setting that the application cannot work with; its message is one line for the operator. */
public final class InvalidSetting extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private InvalidSetting(String message) {
    super(message);
  }

  /**
   * @param key name of the setting
   * @param expected what would be right, as the end of the sentence "KEY must be ..."
   * @param actual what was found
   */
  public InvalidSetting(String key, String expected, String actual) {
    super((key + " must be " + expected + ", but is '" + actual + "'").replaceAll("\\p{Cc}", "?"));
  }

  /** The same for a setting whose value must not be shown. */
  public static InvalidSetting ofSecret(String key, String expected) {
    return new InvalidSetting(key + " must be " + expected);
  }
}
