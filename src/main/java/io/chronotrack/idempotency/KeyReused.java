package io.chronotrack.idempotency;

import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;

/** The key of an earlier request came with another body. */
final class KeyReused extends DomainException {

  private static final long serialVersionUID = 1L;

  KeyReused() {
    super(
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        "An earlier request had this Idempotency-Key and another body. Nothing was changed.");
  }
}
