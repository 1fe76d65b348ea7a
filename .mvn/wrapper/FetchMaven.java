import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Fetches a Maven distribution for {@code mvnw}, so that a JDK is all a machine needs: {@code java
 * FetchMaven.java URL SHA256 TARGET}. The archive is unpacked only if it has that checksum. All
 * work is done in a folder beside the target, which then takes the target's place in one move: the
 * target is whole or absent, also when two builds fetch at the same time.
 */
public final class FetchMaven {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
  private static final Duration WHOLE_LIMIT = Duration.ofMinutes(10);

  /** What went wrong, said in one line to the person who runs the build. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private FetchMaven() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      fetch(URI.create(args[0]), args[1].toLowerCase(Locale.ROOT), Path.of(args[2]));
    } catch (Refused | IOException | IllegalArgumentException e) {
      System.err.println("mvnw: " + (e instanceof Refused ? e.getMessage() : e));
      System.exit(1);
    }
  }

  private static void fetch(URI from, String sha256, Path target)
      throws Refused, IOException, InterruptedException {
    Files.createDirectories(target.getParent());
    Path work = Files.createTempDirectory(target.getParent(), ".fetching-");
    try {
      Path archive = work.resolve("maven.zip");
      download(from, archive);
      String found = sha256Of(archive);
      if (!found.equals(sha256)) {
        throw new Refused(
            "%s has the sha256 %s, but maven-wrapper.properties asks for %s: not used"
                .formatted(from, found, sha256));
      }
      unpack(archive, work.resolve("unpacked"));
      moveIntoPlace(onlyFolderIn(work.resolve("unpacked")), target);
    } finally {
      delete(work);
    }
  }

  private static void download(URI from, Path archive)
      throws Refused, IOException, InterruptedException {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_LIMIT);
    proxyFor(from).ifPresent(client::proxy);
    credentialsFor(from).ifPresent(client::authenticator);
    HttpRequest request = HttpRequest.newBuilder(from).build();
    try {
      // A limit on the request itself ends with the headers; this one covers the body too.
      int status =
          client
              .build()
              .sendAsync(request, BodyHandlers.ofFile(archive))
              .get(WHOLE_LIMIT.toSeconds(), TimeUnit.SECONDS)
              .statusCode();
      if (status != 200) {
        throw new Refused("%s answered with status %d".formatted(from, status));
      }
    } catch (TimeoutException e) {
      throw new Refused(
          "%s did not arrive within %d minutes".formatted(from, WHOLE_LIMIT.toMinutes()));
    } catch (ExecutionException e) {
      throw new Refused(
          ("cannot fetch %s (%s); install Maven 3.8.6 or later, or set MVNW_REPOURL to a Maven"
                  + " repository within reach, or MAVEN_OPTS to your proxy or trust store")
              .formatted(from, e.getCause()));
    }
  }

  /** Credentials go to the host that was asked for, never to one it redirects to. */
  private static Optional<Authenticator> credentialsFor(URI from) {
    String user = System.getenv("MVNW_USERNAME");
    String password = System.getenv("MVNW_PASSWORD");
    if (user == null || user.isEmpty() || password == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            boolean sameHost =
                getRequestorType() == RequestorType.SERVER
                    && from.getHost().equalsIgnoreCase(getRequestingHost());
            return sameHost ? new PasswordAuthentication(user, password.toCharArray()) : null;
          }
        });
  }

  /**
   * Java knows its own proxy properties ({@code -Dhttps.proxyHost}), but not the environment
   * variables that other programs share. The properties win.
   */
  private static Optional<ProxySelector> proxyFor(URI from) {
    String scheme = from.getScheme();
    if (System.getProperty(scheme + ".proxyHost") != null) {
      return Optional.of(ProxySelector.getDefault());
    }
    List<String> exempt = List.of(environment("no_proxy").orElse("").split("[\\s,]+"));
    return environment(scheme + "_proxy")
        .map(value -> URI.create(value.contains("://") ? value : "http://" + value))
        .map(proxy -> new EnvironmentProxy(proxy, exempt));
  }

  /** The variable in either of the two spellings that are in use. */
  private static Optional<String> environment(String name) {
    Map<String, String> all = System.getenv();
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .map(all::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  private static final class EnvironmentProxy extends ProxySelector {
    private final List<Proxy> proxy;
    private final List<String> exempt;

    EnvironmentProxy(URI proxy, List<String> exempt) {
      int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
      this.proxy =
          List.of(
              new Proxy(
                  Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
      this.exempt = exempt;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return exempt.stream().anyMatch(entry -> covers(entry, uri.getHost()))
          ? List.of(Proxy.NO_PROXY)
          : proxy;
    }

    private static boolean covers(String entry, String host) {
      String domain = entry.startsWith(".") ? entry.substring(1) : entry;
      return entry.equals("*")
          || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
      // There is no second proxy to turn to: the request itself fails and tells why.
    }
  }

  private static String sha256Of(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  private static void unpack(Path archive, Path into) throws Refused, IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
          throw new Refused("the archive has an entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
        // java.util.zip does not tell the file modes; in this archive only bin/mvn* are commands.
        if (file.getParent().endsWith("bin") && file.getFileName().toString().startsWith("mvn")) {
          file.toFile().setExecutable(true, false);
        }
      }
    }
  }

  private static Path onlyFolderIn(Path unpacked) throws Refused, IOException {
    try (Stream<Path> children = Files.list(unpacked)) {
      List<Path> all = children.toList();
      if (all.size() != 1 || !Files.isExecutable(all.get(0).resolve("bin/mvn"))) {
        throw new Refused(
            "the archive is no Maven distribution: it has no single folder with bin/mvn");
      }
      return all.get(0);
    }
  }

  private static void moveIntoPlace(Path unpacked, Path target) throws IOException {
    try {
      Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another build was faster: what it put there passed the same checksum.
      if (!Files.isExecutable(target.resolve("bin/mvn"))) {
        throw e;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
