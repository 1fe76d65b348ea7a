package io.chronotrack.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses as they are written in settings and headers; never asks a name server. */
public final class IpAddress {

  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  /** Only what begins like this is given to the JDK, which would look up anything else. */
  private static final Pattern V6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:.]{2,45}");

  private IpAddress() {}

  /**
   * The address that this text is; empty if it is anything else, such as a host name.
   *
   * <p>An IPv4 address that is mapped into IPv6 ({@code ::ffff:10.0.0.1}) is the IPv4 address.
   */
  public static Optional<InetAddress> parse(String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      // Looks like an address of IPv6 and is none.
      return Optional.empty();
    }
  }
}
