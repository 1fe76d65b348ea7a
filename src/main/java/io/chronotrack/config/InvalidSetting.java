package io.chronotrack.config;

/** A setting that the application cannot work with; its message is one line for the operator. */
public final class InvalidSetting extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param key name of the setting
   * @param expected what would be right, as the end of the sentence "KEY must be ..."
   * @param actual what was found
   */
  public InvalidSetting(String key, String expected, String actual) {
    super((key + " must be " + expected + ", but is '" + actual + "'").replaceAll("\\p{Cc}", "?"));
  }
}
