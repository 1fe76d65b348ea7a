package io.chronotrack.run.query;

import java.util.List;
import java.util.Optional;

/** The names that lead to a member of metadata, as queries give them. */
public final class MetadataPath {

  private static final int MOST_NAMES = 5;
  private static final int LONGEST = 200;

  private MetadataPath() {}

  /** What is wrong with a path; empty if nothing is. */
  public static Optional<String> complaintAbout(List<String> path) {
    if (path.size() > MOST_NAMES) {
      return Optional.of("must not lead deeper than " + MOST_NAMES + " members");
    }
    if (path.stream().anyMatch(MetadataPath::isUnfit)) {
      return Optional.of(
          "must name members with 1 to "
              + LONGEST
              + " characters, without quotes, backslashes and control characters");
    }
    return Optional.empty();
  }

  /** Characters that JSON writes in more than one way would be found in one of them only. */
  private static boolean isUnfit(String name) {
    return name.isEmpty()
        || name.length() > LONGEST
        || name.chars()
            .anyMatch(letter -> letter == '"' || letter == '\\' || Character.isISOControl(letter));
  }
}
