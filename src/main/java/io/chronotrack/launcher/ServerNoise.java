package io.chronotrack.launcher;

import java.util.List;
import java.util.logging.LogRecord;

/** Warnings of the server and its libraries that say nothing an operator could act on. */
final class ServerNoise {

  /**
   * Part of a logger's name, and part of a message or of its exception's: together they tell one
   * kind of record.
   */
  private record Kind(String logger, String message) {

    boolean includes(String loggerName, String text) {
      return loggerName.contains(logger) && text.contains(message);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          // Certificate authorities in the server's trust store, which this service never asks.
          new Kind("ssl", "The SSL certificate"),
          // Two settings without which the deployment fails; Hibernate has no others for it yet.
          new Kind("org.hibernate", "HHH90000029: The [hibernate.enhancer."),
          // What the database refused, which whoever handles the exception tells once.
          new Kind("org.hibernate.engine.jdbc.spi.SqlExceptionHelper", ""),
          new Kind("resource", "RAR5031"),
          new Kind("transaction", "DTX5014"),
          // Drivers, threads and variables that outlive the application in a server which goes on.
          // Here the process ends together with the application.
          new Kind("", "memory leak"),
          // A client's malformed address, which the server answers itself. Anybody could fill the
          // disk with its stack traces.
          new Kind("", "URLDecoder: Illegal hex characters"),
          // Answers to clients that have gone, or that were told that their connection closes and
          // sent more; bodies that are no HTTP or never come. Anybody can cause these at will.
          new Kind("ServerRuntime$Responder", "Error while closing the output stream"),
          new Kind("core", "Connection is closed"),
          new Kind("web", "Exception Processing ErrorPage"),
          new Kind("", "HttpBrokenContentException"),
          new Kind("web", "BodyTooSlow"),
          // The server begins the contexts of CDI for an answer that goes on, such as a stream, on
          // one
          // thread and ends them on another. Weld cleans up when the thread has its next request.
          new Kind("org.jboss.weld.Servlet", "WELD-000714"),
          new Kind("org.jboss.weld.Servlet", "WELD-000715"),
          new Kind("org.jboss.weld.Context", "WELD-000225"),
          new Kind("org.jboss.weld.Conversation", "WELD-000335"),
          // What is left of somebody's debugging in the server, at each end of the application.
          new Kind(PrintedLines.STDOUT, "JdbcRuntimeExtension,"));

  private static final LogLine TEXT = new LogLine();

  private ServerNoise() {}

  static boolean includes(LogRecord record) {
    String logger = record.getLoggerName() == null ? "" : record.getLoggerName();
    // Formatted, as the message of a record is often only the key of its text.
    String message = TEXT.formatMessage(record);
    String text = record.getThrown() == null ? message : message + " " + record.getThrown();
    return KINDS.stream().anyMatch(kind -> kind.includes(logger, text));
  }
}
