package io.chronotrack.audit;

/** How an attempt ended. */
public enum Outcome {
  /** It was done. */
  DONE,
  /** It was refused, for lack of a credential or of permission. */
  REFUSED
}
