package io.chronotrack.audit.store;

/** The audit is not what was written; the message tells what is wrong, with the id of the entry. */
final class AuditBroken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param id of the first entry that does not fit
   * @param what is wrong with it, as the end of the sentence "entry ID ..."
   */
  AuditBroken(long id, String what) {
    super("entry " + id + " " + what);
  }
}
