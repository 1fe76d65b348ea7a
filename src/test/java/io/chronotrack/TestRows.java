package io.chronotrack;

import java.util.List;

/** The rows of all stores, for tests of single ones: rows may refer to each other. */
public final class TestRows {

  /** Every row. */
  public static final List<Class<?>> ALL = JpaStores.ROWS;

  private TestRows() {}
}
