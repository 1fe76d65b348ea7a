package io.chronotrack.storage;

/** How databases look for texts in others, whatever the case of the letters a to z. */
public final class TextSql {

  private TextSql() {}

  /**
   * The condition that a column has a text.
   *
   * @param wanted stands for the text, which must be in lower case
   */
  public static String has(boolean isPostgresql, String column, String wanted) {
    // Both make lower case of A to Z only: SQLite always, PostgreSQL by this collation.
    return isPostgresql
        ? "strpos(lower(coalesce(" + column + ", '') COLLATE \"C\"), " + wanted + ") > 0"
        : "instr(lower(coalesce(" + column + ", '')), " + wanted + ") > 0";
  }
}
