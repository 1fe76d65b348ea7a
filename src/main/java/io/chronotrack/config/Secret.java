package io.chronotrack.config;

/**
 * A text that must not be seen: it has no readable form but the one that is asked for by name.
 *
 * @param value the text itself
 */
public record Secret(String value) {

  @Override
  public String toString() {
    return "(secret)";
  }
}
