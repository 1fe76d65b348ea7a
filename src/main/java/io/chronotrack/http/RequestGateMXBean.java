package io.chronotrack.http;

/** What whoever runs the server can ask of the requests in flight, by way of JMX. */
public interface RequestGateMXBean {

  /**
   * Refuses new requests from now on and waits for those in flight; there is no way back.
   *
   * @param timeoutMillis how long to wait
   * @return whether no request is in flight any more
   */
  boolean drain(long timeoutMillis);
}
