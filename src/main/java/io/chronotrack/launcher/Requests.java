package io.chronotrack.launcher;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The requests that the application is serving. The application has class loaders of its own, so
 * the two meet at the MBean that it registers.
 */
final class Requests {

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name;

  Requests() throws MalformedObjectNameException {
    name = new ObjectName("io.chronotrack:type=Requests");
  }

  /** Whether the application takes requests: it registers the bean when its start succeeds. */
  boolean areTaken() {
    return beans.isRegistered(name);
  }

  /**
   * Refuses new requests and waits for those in flight.
   *
   * @return whether none is left
   */
  boolean drain(Duration timeout) throws JMException {
    try {
      Object[] arguments = {timeout.toMillis()};
      String[] types = {long.class.getName()};
      return (boolean) beans.invoke(name, "drain", arguments, types);
    } catch (InstanceNotFoundException e) {
      // An application that is not there has no requests.
      return true;
    }
  }
}
