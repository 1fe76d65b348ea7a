package io.chronotrack.run.store;

import io.chronotrack.storage.SqlParameters;
import java.util.List;
import java.util.stream.Collectors;

/** How a database looks into the metadata of the run {@code r}, which it keeps as JSON text. */
enum JsonSql {
  SQLITE {
    @Override
    String value(List<String> path, SqlParameters parameters) {
      String at = parameters.add(pathOf(path));
      // json_extract makes numbers of numbers; -> leaves them as they are written.
      return "CASE json_type(r.metadata, "
          + at
          + ") WHEN 'text' THEN json_extract(r.metadata, "
          + at
          + ") WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'integer' THEN r.metadata -> "
          + at
          + " WHEN 'real' THEN r.metadata -> "
          + at
          + " END";
    }

    @Override
    String type(List<String> path, SqlParameters parameters) {
      return "json_type(r.metadata, " + parameters.add(pathOf(path)) + ")";
    }

    /** Names have no quotes: a path cannot say them. */
    private static String pathOf(List<String> path) {
      return path.stream()
          .map(name -> ".\"" + name + "\"")
          .collect(Collectors.joining("", "$", ""));
    }
  },

  POSTGRESQL {
    @Override
    String value(List<String> path, SqlParameters parameters) {
      return "CASE WHEN "
          + type(path, parameters)
          + " IN ('string', 'number', 'boolean') THEN "
          + member(path, parameters)
          + " #>> '{}' END";
    }

    @Override
    String type(List<String> path, SqlParameters parameters) {
      return "json_typeof(" + member(path, parameters) + ")";
    }

    private static String member(List<String> path, SqlParameters parameters) {
      // PostgreSQL has no text with a NUL, and refuses to read one that JSON escapes.
      String json =
          "CAST(replace(r.metadata, "
              + parameters.add("\\u0000")
              + ", "
              + parameters.add("\\ufffd")
              + ") AS json)";
      return path.stream()
          .map(name -> " -> CAST(" + parameters.add(name) + " AS text)")
          .collect(Collectors.joining("", "(" + json, ")"));
    }
  };

  /** The text of a member that is a text, a number, {@code true} or {@code false}; else NULL. */
  abstract String value(List<String> path, SqlParameters parameters);

  /** The type of a member; the text {@code null} for one that is null, NULL where there is none. */
  abstract String type(List<String> path, SqlParameters parameters);
}
