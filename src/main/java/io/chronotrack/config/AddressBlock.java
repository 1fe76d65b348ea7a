package io.chronotrack.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits (CIDR, RFC 4632 and RFC 4291); often only one.
 *
 * @param address one of them
 * @param prefixBits how many bits are the same, counted from the left; all of them for one address
 */
public record AddressBlock(InetAddress address, int prefixBits) {

  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

  /** The block that is written as an address, or as an address, a slash and a number of bits. */
  static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return IpAddress.parse(text).map(address -> new AddressBlock(address, bits(address)));
    }
    String prefix = text.substring(slash + 1);
    if (!PREFIX.matcher(prefix).matches()) {
      return Optional.empty();
    }
    int prefixBits = Integer.parseInt(prefix);
    return IpAddress.parse(text.substring(0, slash))
        .filter(address -> prefixBits <= bits(address))
        .map(address -> new AddressBlock(address, prefixBits));
  }

  /** Whether this address is one of the block; those of the other version of IP never are. */
  public boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }
}
