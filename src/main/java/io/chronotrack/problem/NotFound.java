package io.chronotrack.problem;

/** There is no such thing. */
public final class NotFound extends DomainException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what kind of thing, such as {@code job}
   * @param id the id that nothing has
   */
  public NotFound(String what, long id) {
    super(ErrorCode.NOT_FOUND, "There is no " + what + " " + id + ".");
  }

  /**
   * @param what kind of thing, such as {@code project}
   * @param key the key that nothing has; of a form that is safe to repeat
   */
  public NotFound(String what, String key) {
    super(ErrorCode.NOT_FOUND, "There is no " + what + " '" + key + "'.");
  }

  /**
   * @param detail what was not found, as a sentence
   */
  public NotFound(String detail) {
    super(ErrorCode.NOT_FOUND, detail);
  }
}
