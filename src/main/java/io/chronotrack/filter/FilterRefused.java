package io.chronotrack.filter;

/** A filter expression is not one that can be understood. */
public final class FilterRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param at where, in characters from the beginning, of which the first is 0
   * @param detail what was expected there, or is wrong there
   */
  public FilterRefused(int at, String detail) {
    super("at character " + (at + 1) + ": " + detail);
  }
}
