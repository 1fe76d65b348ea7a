package io.chronotrack.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hash that ties an entry to all entries before it: SHA-256 (FIPS 180-4) over the hash before,
 * the id and every part of the record, each part preceded by its length so that no two records have
 * the same bytes.
 *
 * <p>Whoever can write to the database can make a whole new chain. Keep the id and the hash of the
 * last entry somewhere else from time to time: a new chain cannot have the same.
 */
public final class AuditChain {

  /** The hash before the first entry. */
  public static final String START = "";

  private AuditChain() {}

  /**
   * The hash of an entry, as 64 hexadecimal digits.
   *
   * @param before the hash of the entry before it, {@link #START} if there is none
   */
  public static String hash(String before, long id, AuditRecord record) {
    MessageDigest digest = sha256();
    add(digest, before);
    add(digest, Long.toString(id));
    add(digest, Long.toString(record.at().toEpochMilli()));
    add(digest, Long.toString(record.projectId()));
    add(digest, record.actor());
    add(digest, record.action());
    add(digest, record.subject());
    add(digest, record.outcome().name());
    add(digest, record.address());
    add(digest, record.before());
    add(digest, record.after());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, @Nullable String part) {
    byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
    // Nothing at all differs from an empty text.
    digest.update(
        ByteBuffer.allocate(Integer.BYTES).putInt(part == null ? -1 : bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
