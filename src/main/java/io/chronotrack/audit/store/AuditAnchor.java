package io.chronotrack.audit.store;

import io.chronotrack.audit.AuditChain;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link of the chain by which the whole chain up to it can be recognised. Its text form is {@code
 * ID:HASH}.
 *
 * @param id of an entry; 0 before the first one
 * @param hash of that entry
 */
record AuditAnchor(long id, String hash) {

  /** Where every chain begins. */
  static final AuditAnchor START = new AuditAnchor(0, AuditChain.START);

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-fA-F]{64})");

  /** The anchor that a text tells; empty if it is none. */
  static Optional<AuditAnchor> parse(String text) {
    if (text.equals(START.toString())) {
      return Optional.of(START);
    }
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(
            new AuditAnchor(
                Long.parseLong(parts.group(1)), parts.group(2).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return id + ":" + hash;
  }
}
