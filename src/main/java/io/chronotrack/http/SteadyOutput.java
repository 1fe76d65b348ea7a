package io.chronotrack.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a client must take at a least pace. The server limits only how long nothing at all is taken:
 * a client that takes a little now and then would keep the thread that writes for as long as it
 * likes. What it takes to make the bytes is not counted. Nothing is written while the service
 * stops.
 */
final class SteadyOutput extends OutputStream {

  /** Bytes that must be taken in {@link #LONGEST_NANOS}. */
  static final int STRETCH = 256 * 1024;

  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final OutputStream out;
  private final LongSupplier nanoTime;
  private final BooleanSupplier isStopping;

  private long taken;
  private long waited;

  /**
   * @param nanoTime tells the time in nanoseconds, from any origin
   * @param isStopping whether the service ends
   */
  SteadyOutput(OutputStream out, LongSupplier nanoTime, BooleanSupplier isStopping) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.isStopping = isStopping;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (isStopping.getAsBoolean()) {
      throw new IOException("the service stops");
    }
    long start = nanoTime.getAsLong();
    send(() -> out.write(bytes, offset, length));
    waited += nanoTime.getAsLong() - start;
    taken += length;
    if (taken >= STRETCH) {
      taken = 0;
      waited = 0;
    } else if (waited > LONGEST_NANOS) {
      throw new IOException("the client took " + taken + " bytes in " + waited / 1_000_000 + " ms");
    }
  }

  @Override
  public void flush() throws IOException {
    send(out::flush);
  }

  private static void send(Sending sending) throws IOException {
    try {
      sending.send();
    } catch (IOException e) {
      throw new ClientLost(e);
    }
  }

  /** A call of the server's. */
  private interface Sending {
    void send() throws IOException;
  }

  /** That the server cannot write to the client any more, and knows it. */
  static final class ClientLost extends IOException {

    private static final long serialVersionUID = 1;

    private ClientLost(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
