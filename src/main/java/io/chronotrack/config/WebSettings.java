package io.chronotrack.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may call from a browser, who may speak for other addresses, and how slow a client may be.
 *
 * @param corsOrigins origins whose pages may call the API, as browsers write them, or only {@link
 *     #ANY_ORIGIN}; empty: none
 * @param trustedProxies addresses whose {@code X-Forwarded-For} is believed
 * @param bodyTimeMs how long a request body may take to arrive, in milliseconds
 */
public record WebSettings(
    Set<String> corsOrigins, List<AddressBlock> trustedProxies, int bodyTimeMs) {

  /** Stands for every origin. */
  public static final String ANY_ORIGIN = "*";

  /** Says that a list is empty on purpose; the same as not setting it. */
  private static final String NONE = "none";

  static WebSettings from(AppConfig.Settings settings) {
    return new WebSettings(
        corsOrigins(settings),
        trustedProxies(settings),
        settings.number("BODY_TIME_MS", 15_000, 100, 30_000));
  }

  private static Set<String> corsOrigins(AppConfig.Settings settings) {
    String text = settings.text("CORS_ORIGINS", NONE);
    List<String> origins = list(text);
    if (!origins.equals(List.of(ANY_ORIGIN)) && !origins.stream().allMatch(WebSettings::isOrigin)) {
      throw new InvalidSetting(
          "CORS_ORIGINS",
          "origins as browsers write them, such as https://app.example.org, with commas between"
              + " them, or '*', or 'none'",
          text);
    }
    return origins.stream().collect(Collectors.toUnmodifiableSet());
  }

  private static List<AddressBlock> trustedProxies(AppConfig.Settings settings) {
    String text = settings.text("TRUSTED_PROXIES", NONE);
    List<Optional<AddressBlock>> blocks = list(text).stream().map(AddressBlock::parse).toList();
    if (!blocks.stream().allMatch(Optional::isPresent)) {
      throw new InvalidSetting(
          "TRUSTED_PROXIES",
          "IP addresses or blocks such as 10.0.0.0/8, with commas between them, or 'none'",
          text);
    }
    return blocks.stream().flatMap(Optional::stream).toList();
  }

  private static List<String> list(String text) {
    return text.equalsIgnoreCase(NONE)
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  /**
   * Whether a browser could send this as {@code Origin} (RFC 6454, section 6.2): anything else
   * would never match, and nobody would see why.
   */
  private static boolean isOrigin(String text) {
    try {
      var uri = new URI(text);
      String scheme = uri.getScheme();
      String host = uri.getHost();
      if (scheme == null || host == null || uri.getPort() == defaultPort(scheme)) {
        return false;
      }
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return text.equals((scheme + "://" + host + port).toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      default -> 0;
    };
  }
}
