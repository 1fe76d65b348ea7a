package io.chronotrack.journey;

import io.chronotrack.storage.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one process for each storage that all journeys share which need no special one,
 * as a parameter of type {@link ChronoTrackProcess}, or of type {@link ApiClient} that holds each
 * exchange to the API document. It starts when the first test asks for it and stops after the last
 * one. Tests are not alone in it.
 */
final class SharedChronoTrack implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ChronoTrackProcess.class || type == ApiClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    boolean onPostgres = context.getRequiredTestClass().isAnnotationPresent(OnPostgres.class);
    Running running =
        SharedByAllTests.get(
            context,
            onPostgres ? "the process on PostgreSQL" : "the process on SQLite",
            Running.class,
            () -> Running.start(onPostgres));
    return parameter.getParameter().getType() == ApiClient.class
        ? running.process().client().listenedToBy(running.conformance())
        : running.process();
  }

  private record Running(ChronoTrackProcess process, OpenApiConformance conformance, Path folder)
      implements AutoCloseable {

    static Running start(boolean onPostgres) throws Exception {
      Path folder = Files.createTempDirectory("chronotrack-journeys");
      var process = ChronoTrackProcess.in(folder);
      if (onPostgres) {
        process.onPostgres(PostgresServer.newDatabase());
      }
      return of(process.start(), folder);
    }

    private static Running of(ChronoTrackProcess process, Path folder) {
      try {
        return new Running(process, OpenApiConformance.with(process.client()), folder);
      } catch (RuntimeException e) {
        process.close();
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      process.close();
      FileTree.delete(folder);
    }
  }
}
