package io.chronotrack.job;

/**
 * Which jobs are wanted, and in which order.
 *
 * @param filter what they must fit
 * @param sort their order
 */
public record JobQuery(JobFilter filter, JobSort sort) {

  /**
   * Most jobs that one request looks at because of a text or of last runs. After that its page
   * ends, full or not.
   */
  public static final int MOST_EXAMINED = 500;

  /** Most jobs that are sorted by their last runs, which have to be looked for first. */
  public static final int MOST_SORTED = 5_000;
}
