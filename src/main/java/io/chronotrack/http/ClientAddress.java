package io.chronotrack.http;

import io.chronotrack.config.AddressBlock;
import io.chronotrack.config.IpAddress;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a request comes from: the other end of the connection, unless that is a proxy that is trusted
 * to tell for whom it asks.
 *
 * <p>Each proxy adds, at the right end of {@code X-Forwarded-For}, whom it got the request from.
 * What stands left of the first address that is not trusted, anybody may have written.
 */
public final class ClientAddress {

  /** Name of the request attribute that has the address, as text. */
  public static final String ATTRIBUTE = "io.chronotrack.clientAddress";

  /**
   * An address, possibly with the port that some proxies add; an IPv6 address then has brackets.
   */
  private static final Pattern FORWARDED =
      Pattern.compile("\\[(?<v6>[^\\]]*)\\](?::[0-9]+)?|(?<v4>[0-9.]+):[0-9]+|(?<plain>.*)");

  private final List<AddressBlock> trustedProxies;

  ClientAddress(List<AddressBlock> trustedProxies) {
    this.trustedProxies = trustedProxies;
  }

  /**
   * The address of the client.
   *
   * @param peer address of the other end of the connection
   * @param forwardedFor values of the header {@code X-Forwarded-For}, in their order
   */
  String of(String peer, List<String> forwardedFor) {
    if (forwardedFor.isEmpty() && peer.indexOf(':') < 0) {
      // Nothing was told by anybody, and unlike one of IPv6 such an address is written in one way.
      return peer;
    }
    Optional<InetAddress> end = IpAddress.parse(withoutZone(peer));
    if (end.isEmpty()) {
      return peer;
    }
    InetAddress client = end.get();
    String[] told = String.join(",", forwardedFor).split(",", -1);
    for (int i = told.length - 1; i >= 0 && isTrusted(client); i--) {
      Optional<InetAddress> next = address(told[i].strip());
      if (next.isEmpty()) {
        // No address: the proxy itself is all that is known.
        break;
      }
      client = next.get();
    }
    return withoutZone(client.getHostAddress());
  }

  private boolean isTrusted(InetAddress address) {
    return trustedProxies.stream().anyMatch(block -> block.contains(address));
  }

  private static Optional<InetAddress> address(String text) {
    Matcher matcher = FORWARDED.matcher(text);
    return matcher.matches()
        ? Arrays.asList(matcher.group("v6"), matcher.group("v4"), matcher.group("plain")).stream()
            .filter(group -> group != null)
            .findFirst()
            .flatMap(IpAddress::parse)
        : Optional.empty();
  }

  /** Without the name of this machine's network interface, which a link-local address may have. */
  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
