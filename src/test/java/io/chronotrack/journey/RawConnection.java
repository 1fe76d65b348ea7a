package io.chronotrack.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A TCP connection on which a test can say what no HTTP client would. */
final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MS = 3_000;

  private final Socket socket;

  RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
  }

  /** Sends a request, as it stands here, and returns all that comes back. */
  static String exchange(int port, byte[] request) throws IOException {
    try (var connection = new RawConnection(port)) {
      connection.send(request);
      return connection.readToEnd();
    }
  }

  /** The same with a client that says by closing its side that this was all it has to send. */
  static String lastExchange(int port, byte[] request) throws IOException {
    try (var connection = new RawConnection(port)) {
      connection.send(request);
      connection.sendNoMore();
      return connection.readToEnd();
    }
  }

  private void sendNoMore() throws IOException {
    try {
      socket.shutdownOutput();
    } catch (SocketException e) {
      assertPeerClosed(e);
    }
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (SocketException e) {
      // The server may have heard enough already; what it said is still to be read.
      assertPeerClosed(e);
    }
  }

  /** Reads until this text has come, or the server closes the connection. */
  String readUntil(String end) throws IOException {
    var read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      read.append((char) next);
    }
    return read.toString();
  }

  /** Reads until the server closes the connection, or says nothing more. */
  String readToEnd() throws IOException {
    var read = new StringBuilder();
    byte[] part = new byte[8_192];
    try {
      for (int n = socket.getInputStream().read(part); n > 0; ) {
        read.append(new String(part, 0, n, StandardCharsets.ISO_8859_1));
        n = socket.getInputStream().read(part);
      }
    } catch (SocketTimeoutException e) {
      // A connection that is kept alive: what came is all that comes.
      return read.toString();
    } catch (SocketException e) {
      assertPeerClosed(e);
    }
    return read.toString();
  }

  /** Whether something has come that was not read yet. */
  boolean hasAnswer() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server has closed the connection, or does so now, without another word. */
  boolean isClosedByServer() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      assertPeerClosed(e);
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static void assertPeerClosed(SocketException failure) throws SocketException {
    String message = String.valueOf(failure.getMessage());
    if (!message.contains("reset") && !message.contains("Broken pipe")) {
      throw failure;
    }
  }
}
