package io.chronotrack.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A ChronoTrack that asks for credentials, seen by the one who runs it. It listens behind a proxy,
 * so that tests can be clients at addresses of their own.
 *
 * @param process the service
 * @param administrator the key of its administrator
 * @param issuer whose tokens it accepts
 * @param conformance holds each exchange to the API document
 * @param folder where its files are
 */
record Installation(
    ChronoTrackProcess process,
    String administrator,
    TokenIssuer issuer,
    OpenApiConformance conformance,
    Path folder)
    implements AutoCloseable {

  /** What each credential may do in a minute. */
  static final int REQUESTS_PER_MINUTE = 600;

  static final int REPORTS_PER_MINUTE = 100;

  private static final AtomicInteger STRANGERS = new AtomicInteger();

  static Installation start() throws Exception {
    Path folder = Files.createTempDirectory("chronotrack-guarded");
    TokenIssuer issuer = TokenIssuer.start();
    var process = ChronoTrackProcess.in(folder).with("AUTH", "on");
    try {
      process.runToItsEnd("--new-key");
      String administrator = process.output().strip();
      issuer.settings().forEach(process::with);
      process
          .with("ADMIN_KEY", administrator)
          .with("TRUSTED_PROXIES", "127.0.0.1")
          .with("REQUESTS_PER_MINUTE", Integer.toString(REQUESTS_PER_MINUTE))
          .with("REPORTS_PER_MINUTE", Integer.toString(REPORTS_PER_MINUTE))
          .start();
      var conformance = OpenApiConformance.with(process.client());
      return new Installation(process, administrator, issuer, conformance, folder);
    } catch (Exception | AssertionError e) {
      process.close();
      issuer.close();
      FileTree.delete(folder);
      throw e;
    }
  }

  /** A client without a credential, at an address that no other client has. */
  ApiClient stranger() {
    int number = STRANGERS.incrementAndGet();
    // A block that is set aside for tests (RFC 2544).
    return process
        .client()
        .listenedToBy(conformance)
        .from("198.18." + number / 256 + "." + number % 256);
  }

  /** The administrator of the installation, with a key that nobody else uses up. */
  ApiClient system() {
    return stranger().withKey(stranger().withKey(administrator).issueKey("system"));
  }

  @Override
  public void close() throws IOException {
    process.close();
    issuer.close();
    FileTree.delete(folder);
  }
}
