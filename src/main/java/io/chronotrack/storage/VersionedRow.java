package io.chronotrack.storage;

import io.chronotrack.change.StaleVersion;
import jakarta.persistence.EntityManager;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.hibernate.Session;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A row whose changes are counted, by JPA: two that change the same version cannot both succeed.
 *
 * <p>JPA counts when it writes, which is at the commit. Several commands may share a transaction
 * and with it the row, so before a row is looked at again that has been changed, it is written:
 * otherwise the second command would find the changes of the first under the version from before.
 *
 * <p>Its columns that never change are {@code updatable = false}: SQLite writes an index anew for
 * every column of it that an update names, changed or not, and looks for what a foreign key refers
 * to.
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
    return row == null ? null : current(writer, List.of(row)).get(0);
  }

  /**
   * The rows with these ids as the running transaction has them, in no certain order; read by as
   * few statements as possible.
   */
  public static <R extends VersionedRow> List<R> current(
      EntityManager writer, Class<R> type, Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return current(
        writer,
        writer
            .unwrap(Session.class)
            .byMultipleIds(type)
            .enableSessionCheck(true)
            .enableOrderedReturn(false)
            .multiLoad(List.copyOf(ids))
            .stream()
            // Some of what is not there is null.
            .filter(Objects::nonNull)
            .toList());
  }

  /** Rows of the running transaction as it has them. */
  private static <R extends VersionedRow> List<R> current(EntityManager writer, List<R> rows) {
    if (rows.stream().anyMatch(row -> ((VersionedRow) row).changed)) {
      writer.flush();
      rows.forEach(row -> ((VersionedRow) row).changed = false);
    }
    return rows;
  }

  /**
   * The row of a thing that has been changed.
   *
   * @param newVersion the thing's version after the change
   * @throws StaleVersion if the row is not of the version before
   */
  public static <R extends VersionedRow> R toReplace(
      EntityManager writer, Class<R> type, long id, long newVersion) {
    R row = verifyVersion(current(writer, type, id), newVersion - 1);
    row.markChanged();
    return row;
  }

  /**
   * The row, if it has this version.
   *
   * @throws StaleVersion if it has another one, or is not there
   */
  private static <R extends VersionedRow> R verifyVersion(@Nullable R row, long version) {
    if (row == null || row.version() != version) {
      throw new StaleVersion(row == null ? 0 : row.version());
    }
    return row;
  }

  /** To be called before it is changed. */
  protected final void markChanged() {
    changed = true;
  }

  /** The version that it has in the database, if nothing has been changed since. */
  public final long version() {
    return version;
  }
}
