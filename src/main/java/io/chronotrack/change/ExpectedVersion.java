package io.chronotrack.change;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of a thing a client is willing to change: the meaning of {@code If-Match} (RFC
 * 9110, section 13.1.1), without its HTTP form.
 *
 * @param versions acceptable versions; {@code null} accepts every version
 */
public record ExpectedVersion(@Nullable Set<Long> versions) {

  /** The client changes whatever is there. */
  public static final ExpectedVersion ANY = new ExpectedVersion(null);

  /**
   * @throws StaleVersion if the thing has another version than the client expects
   */
  public void verify(long actual) {
    if (versions != null && !versions.contains(actual)) {
      throw new StaleVersion(actual);
    }
  }
}
