package io.chronotrack.launcher;

import io.chronotrack.config.InvalidSetting;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the service listens.
 *
 * @param bind address or name of a network interface of this machine
 * @param port TCP port
 */
record ListenAddress(String bind, int port) {

  private static final int ANY_PORT = 0;

  /** A loopback address with a port that nobody uses at the moment. */
  static ListenAddress onFreeLocalPort() throws IOException {
    String loopback = "127.0.0.1";
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(loopback, ANY_PORT));
      return new ListenAddress(loopback, socket.getLocalPort());
    }
  }

  /**
   * Makes sure that the server will be able to listen here. The server itself would start without
   * its listener, after seconds, and bury the reason in its log.
   *
   * @throws InvalidSetting naming BIND or PORT
   */
  void requireFree() throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(resolve(), ANY_PORT));
    } catch (IOException e) {
      throw new InvalidSetting("BIND", "an address of this machine", bind);
    }
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(resolve(), port));
    } catch (BindException e) {
      throw new InvalidSetting("PORT", "a port that is free on " + bind, Integer.toString(port));
    }
  }

  /** What a person on this machine types into a browser. */
  String url() throws UnknownHostException {
    return "http://" + (resolve().isAnyLocalAddress() ? "localhost" : urlHost()) + ":" + port;
  }

  /** The same service, asked from this process. */
  String localUrl() throws UnknownHostException {
    return "http://" + (resolve().isAnyLocalAddress() ? "127.0.0.1" : urlHost()) + ":" + port;
  }

  private String urlHost() throws UnknownHostException {
    return resolve() instanceof Inet6Address ? "[" + bind + "]" : bind;
  }

  private InetAddress resolve() throws UnknownHostException {
    return InetAddress.getByName(bind);
  }
}
