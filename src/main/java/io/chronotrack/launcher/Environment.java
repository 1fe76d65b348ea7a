package io.chronotrack.launcher;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Environment variables, found by the names of settings.
 *
 * @param variables values by name
 */
record Environment(Map<String, String> variables) {

  private static final Pattern NO_PART_OF_A_NAME = Pattern.compile("[^A-Za-z0-9_]");

  /**
   * The value of a setting, by the three names that MicroProfile Config 3.1 tries in this order
   * (section "Environment Variables Mapping Rules"): its own; with an underscore for each character
   * that names of variables cannot have; that in upper case.
   */
  Optional<String> find(String key) {
    String name = NO_PART_OF_A_NAME.matcher(key).replaceAll("_");
    return Stream.of(key, name, name.toUpperCase(Locale.ROOT))
        .filter(variables::containsKey)
        .findFirst()
        .map(variables::get);
  }
}
