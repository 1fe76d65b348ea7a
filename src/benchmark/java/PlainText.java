import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The yardstick of HTTP: the least that a resource can do on this server. run.sh packs it as the
 * only application into a copy of chronotrack.jar, so that server, listener, thread pool and JVM
 * settings are those of the product, and nothing of the product's own work is left.
 */
@ApplicationPath("/")
public class PlainText extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(Text.class);
  }

  /** {@code GET /plain}: a few bytes that are always the same. */
  @Path("plain")
  public static class Text {

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String text() {
      return "Hello";
    }
  }

  /** What the launcher of chronotrack.jar asks an application before it calls it started. */
  public interface RequestsMXBean {

    boolean drain(long timeoutMs);
  }

  /** Registers that bean. This application has nothing to finish when the process is to end. */
  @WebListener
  public static class Requests implements ServletContextListener, RequestsMXBean {

    @Override
    public void contextInitialized(ServletContextEvent event) {
      try {
        ManagementFactory.getPlatformMBeanServer()
            .registerMBean(this, new ObjectName("io.chronotrack:type=Requests"));
      } catch (JMException e) {
        throw new IllegalStateException("The launcher could not find this application", e);
      }
    }

    @Override
    public boolean drain(long timeoutMs) {
      return true;
    }
  }
}
