package io.chronotrack.storage;

import io.chronotrack.change.StaleVersion;
import jakarta.persistence.EntityManager;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A row whose changes are counted, by JPA: two that change the same version cannot both succeed.
 *
 * <p>JPA counts when it writes, which is at the commit. Several commands may share a transaction
 * and with it the row, so before a row is looked at again that has been changed, it is written:
 * otherwise the second command would find the changes of the first under the version from before.
 */
@MappedSuperclass
@NullUnmarked // JPA fills the fields.
public abstract class VersionedRow {

  @Version private long version;

  /** Whether it has been changed since it was last written. */
  @Transient private boolean changed;

  protected VersionedRow() {
    // For JPA.
  }

  /**
   * A new row.
   *
   * @param version of the thing that it is for
   */
  protected VersionedRow(long version) {
    this.version = version;
  }

  /** The row as the running transaction has it; {@code null} if there is none. */
  public static <R extends VersionedRow> @Nullable R current(
      EntityManager writer, Class<R> type, long id) {
    R row = writer.find(type, id);
    if (row != null && ((VersionedRow) row).changed) {
      writer.flush();
      ((VersionedRow) row).changed = false;
    }
    return row;
  }

  /**
   * The row of a thing that has been changed.
   *
   * @param newVersion the thing's version after the change
   * @throws StaleVersion if the row is not of the version before
   */
  public static <R extends VersionedRow> R toReplace(
      EntityManager writer, Class<R> type, long id, long newVersion) {
    R row = current(writer, type, id);
    if (row == null || row.version() != newVersion - 1) {
      throw new StaleVersion(row == null ? 0 : row.version());
    }
    ((VersionedRow) row).changed = true;
    return row;
  }

  /** The version that it has in the database, if nothing has been changed since. */
  public final long version() {
    return version;
  }
}
