package io.chronotrack.project;

import io.chronotrack.config.Limits;
import io.chronotrack.http.JsonBody;
import io.chronotrack.http.QueryParameters;
import io.chronotrack.http.TextRule;
import io.chronotrack.problem.NotFound;

/** Binds and checks what clients send about projects. */
final class ProjectRequests {

  private static final TextRule KEY = TextRule.key();

  private ProjectRequests() {}

  /**
   * The key that the path tells.
   *
   * @throws NotFound if no project can have it; the text is not repeated, as it may be any
   */
  static String key(String text) {
    if (!KEY.accepts(text)) {
      throw new NotFound("There is no such project.");
    }
    return text;
  }

  static NewProject newProject(JsonBody body, Limits limits) {
    String key = body.requiredText("key", KEY);
    String name = body.requiredText("name", nameRule(limits));
    body.verify();
    return new NewProject(key, name);
  }

  static ProjectPatch patch(JsonBody body, Limits limits) {
    var patch = new ProjectPatch(body.nonNullText("name", nameRule(limits)), body.flag("archived"));
    body.verify();
    return patch;
  }

  static ProjectFilter filter(QueryParameters query) {
    return new ProjectFilter(query.flag("archived"), null);
  }

  private static TextRule nameRule(Limits limits) {
    return TextRule.line(limits.nameLength());
  }
}
