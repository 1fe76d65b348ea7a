package io.chronotrack.audit;

import io.chronotrack.access.Caller;
import io.chronotrack.access.Forbidden;
import io.chronotrack.access.Role;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.Transactions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/**
 * Reads the audit, and adds what no other use case tells of; those add to it in a transaction of
 * their own (see {@link AuditLog}).
 */
@Dependent
public class AuditService {

  private final AuditRepository entries;
  private final Transactions transactions;

  @Inject
  public AuditService(AuditRepository entries, Transactions transactions) {
    this.entries = entries;
    this.transactions = transactions;
  }

  /** Adds an entry that belongs to no change, such as that of a refused attempt. */
  public void add(AuditRecord record) {
    transactions.write(
        () -> {
          entries.append(record);
          return record;
        });
  }

  /**
   * Entries that fit the filter, newest first.
   *
   * @throws Forbidden if the caller sees only certain jobs, if the entries are those of another
   *     project than the caller's, or if they are the installation's and the role is not {@link
   *     Role#SYSTEM}
   */
  public Page<AuditEntry> list(Caller caller, AuditFilter filter, PageRequest request) {
    verifyMayRead(caller, filter.projectId());
    return transactions.read(() -> entries.list(filter, request));
  }

  private static void verifyMayRead(Caller caller, long projectId) {
    if (caller.scope().isNarrowed()) {
      throw new Forbidden(
          "The credential is for certain jobs only, and the audit is of all that the project has.");
    }
    if (projectId == AuditFilter.INSTALLATION) {
      if (!caller.role().includes(Role.SYSTEM)) {
        throw new Forbidden(
            "The audit of the installation is for the role '" + Role.Name.SYSTEM + "'.");
      }
    } else if (projectId != caller.projectId()) {
      throw new Forbidden("The audit of another project is not for this credential.");
    }
  }
}
