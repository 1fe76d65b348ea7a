package io.chronotrack.http;

import io.chronotrack.config.AppConfig;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold for every request, whatever it asks for. They are one filter for the server,
 * since it spends more on calling a filter than most of them do.
 *
 * <p>Their order is that in which they see a request: headers first, so that whatever is refused
 * later has them; the gate behind CORS, so that a page can read its refusal. Errors are dispatched
 * to the error page, and pass those again whose headers a failed answer may have lost.
 */
public class WebRules implements Filter {

  private @Nullable RequestGate gate;
  private List<Filter> ofRequests = List.of();
  private List<Filter> ofErrors = List.of();

  /** Called once, before the first request. */
  @Inject
  void configure(AppConfig config, Downloads downloads) {
    var requestGate = new RequestGate(downloads::breakOff);
    var headers = new SecurityHeaders();
    var cors = new Cors(config.web().corsOrigins());
    ofRequests =
        List.of(
            headers,
            new HeadLength(),
            new ClientAddressFilter(new ClientAddress(config.web().trustedProxies())),
            new MessageFraming(),
            cors,
            requestGate,
            new LargeBodies(),
            new BodyDeadline(config.web().bodyTimeMs()));
    ofErrors = List.of(headers, cors);
    gate = requestGate;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    Objects.requireNonNull(gate).init(config);
  }

  @Override
  public void destroy() {
    Objects.requireNonNull(gate).destroy();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isError = request.getDispatcherType() == DispatcherType.ERROR;
    new Passage(isError ? ofErrors : ofRequests, chain).doFilter(request, response);
  }

  /** The way of one request: through the rules, one after the other, to what it asks for. */
  private static final class Passage implements FilterChain {

    private final List<Filter> rules;
    private final FilterChain end;
    private int passed;

    Passage(List<Filter> rules, FilterChain end) {
      this.rules = rules;
      this.end = end;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response)
        throws IOException, ServletException {
      if (passed < rules.size()) {
        rules.get(passed++).doFilter(request, response, this);
      } else {
        end.doFilter(request, response);
      }
    }
  }
}
