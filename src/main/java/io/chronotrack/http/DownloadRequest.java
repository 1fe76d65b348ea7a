package io.chronotrack.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;

/**
 * What a download must know of the request that it answers.
 *
 * @param request with its method
 * @param headers of the request
 * @param arrived the request as the server has it
 * @param answer to it, as the server has it
 */
public record DownloadRequest(
    Request request, HttpHeaders headers, HttpServletRequest arrived, HttpServletResponse answer) {

  boolean isForHeadersOnly() {
    return request.getMethod().equals("HEAD");
  }
}
