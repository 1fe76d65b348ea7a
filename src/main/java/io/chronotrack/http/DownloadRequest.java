package io.chronotrack.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * What a download must know of the request that it answers.
 *
 * @param headers of the request
 * @param arrived the request as the server has it
 * @param answer to it, as the server has it
 */
public record DownloadRequest(
    HttpHeaders headers, HttpServletRequest arrived, HttpServletResponse answer) {

  boolean isForHeadersOnly() {
    // Not by the request of JAX-RS: Jersey says GET there, and throws away all that is written.
    return arrived.getMethod().equals("HEAD");
  }
}
