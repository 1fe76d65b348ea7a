package io.chronotrack.audit.store;

import io.chronotrack.audit.AuditChain;
import io.chronotrack.audit.AuditRecord;
import io.chronotrack.audit.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the whole chain of a database, from its first entry to its end, and stops at the
 * first one that does not fit.
 *
 * <p>What nobody but the chain itself vouches for can be made anew as a whole, by somebody who can
 * write to the database and knows how. Only an anchor that was kept elsewhere shows that.
 */
final class AuditVerification {

  private final Connection connection;
  private final @Nullable AuditAnchor noted;

  /**
   * @param connection shows the data of one moment
   * @param noted an entry that must be there, as it was noted earlier; {@code null} if there is
   *     none
   */
  AuditVerification(Connection connection, @Nullable AuditAnchor noted) {
    this.connection = connection;
    this.noted = noted;
  }

  /**
   * Checks all entries.
   *
   * @return the last entry; as ids have no gaps, its id is also the number of entries
   * @throws AuditBroken naming the first entry that does not fit
   */
  AuditAnchor verify() throws SQLException {
    AuditAnchor last = AuditAnchor.START;
    try (Statement statement = connection.createStatement();
        ResultSet rows = entries(statement)) {
      while (rows.next()) {
        last = next(last, rows);
        verifyNoted(last);
      }
    }
    verifyHead(last);
    if (noted != null && noted.id() > last.id()) {
      throw new AuditBroken(
          last.id() + 1,
          "is missing, and all after it, although entry " + noted.id() + " was noted");
    }
    return last;
  }

  private static ResultSet entries(Statement statement) throws SQLException {
    // However many there are: not all at once into the heap.
    statement.setFetchSize(1_000);
    return statement.executeQuery(
        "SELECT id, at, project_id, actor, action, subject, outcome, address, before, after, hash"
            + " FROM audit ORDER BY id");
  }

  private static AuditAnchor next(AuditAnchor before, ResultSet row) throws SQLException {
    long id = row.getLong("id");
    long expected = before.id() + 1;
    if (id < expected) {
      throw new AuditBroken(id, "was added: ids begin at 1");
    }
    if (id > expected) {
      throw new AuditBroken(expected, "is missing: the next one is " + id);
    }
    String hash = row.getString("hash");
    Optional<AuditRecord> record = record(row);
    if (record.isEmpty() || !AuditChain.hash(before.hash(), id, record.get()).equals(hash)) {
      throw new AuditBroken(id, "was changed: its hash is not that of its content");
    }
    return new AuditAnchor(id, hash);
  }

  /** What a row tells; empty if it is nothing that was ever written. */
  private static Optional<AuditRecord> record(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    Optional<Outcome> known =
        Arrays.stream(Outcome.values())
            .filter(constant -> constant.name().equals(outcome))
            .findFirst();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AuditRecord(
            Instant.ofEpochMilli(row.getLong("at")),
            row.getLong("project_id"),
            row.getString("actor"),
            row.getString("action"),
            row.getString("subject"),
            known.get(),
            row.getString("address"),
            row.getString("before"),
            row.getString("after")));
  }

  private void verifyNoted(AuditAnchor entry) {
    if (noted != null && noted.id() == entry.id() && !noted.equals(entry)) {
      throw new AuditBroken(
          entry.id(), "has another hash than was noted: the chain up to it was made anew");
    }
  }

  private void verifyHead(AuditAnchor last) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT last_id, hash FROM audit_head")) {
      if (!row.next()) {
        throw new AuditBroken(last.id(), "is the last one, but the head of the chain is missing");
      }
      var head = new AuditAnchor(row.getLong("last_id"), row.getString("hash"));
      if (head.id() > last.id()) {
        throw new AuditBroken(
            last.id() + 1, "is missing: the head of the chain is at entry " + head.id());
      }
      if (head.id() < last.id()) {
        throw new AuditBroken(
            head.id() + 1, "was added: the head of the chain is at entry " + head.id());
      }
      if (!head.equals(last)) {
        throw new AuditBroken(last.id(), "has another hash than the head of the chain");
      }
    }
  }
}
