package io.chronotrack.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;

/** Notes on each request whom it comes from, as {@link ClientAddress#ATTRIBUTE}. */
final class ClientAddressFilter implements Filter {

  private final ClientAddress addresses;

  ClientAddressFilter(ClientAddress addresses) {
    this.addresses = addresses;
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
