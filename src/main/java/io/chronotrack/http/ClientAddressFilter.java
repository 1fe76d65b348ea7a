package io.chronotrack.http;

import io.chronotrack.config.AppConfig;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** Notes on each request whom it comes from, as {@link ClientAddress#ATTRIBUTE}. */
public class ClientAddressFilter implements Filter {

  private ClientAddress addresses = new ClientAddress(List.of());

  /** Called once, before the first request. */
  @Inject
  void configure(AppConfig config) {
    addresses = new ClientAddress(config.web().trustedProxies());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var forwardedFor = ((HttpServletRequest) request).getHeaders("X-Forwarded-For");
    request.setAttribute(
        ClientAddress.ATTRIBUTE,
        addresses.of(request.getRemoteAddr(), Collections.list(forwardedFor)));
    chain.doFilter(request, response);
  }
}
