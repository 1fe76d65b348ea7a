package io.chronotrack.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes downloads, each by a thread of its own; there are as many threads as downloads may be
 * written at a time.
 *
 * <p>The server's threads are for short work: a slow client would keep one from others, and Payara
 * interrupts a request's thread after 30 seconds, whatever it is doing.
 */
public final class Downloads implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Downloads.class.getName());

  /**
   * Stands for a body where only headers are wanted. Jersey would tell the length of none, 0; of
   * one that does not fit into its buffer it tells no length.
   */
  private static final StreamingOutput OF_UNKNOWN_LENGTH = out -> out.write(new byte[16 * 1024]);

  private final int most;
  private final ThreadPoolExecutor threads;
  private volatile boolean closed;

  /**
   * @param most downloads at a time
   */
  public Downloads(int most) {
    this.most = most;
    this.threads =
        new ThreadPoolExecutor(
            0, most, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Downloads::newThread);
  }

  private static Thread newThread(Runnable work) {
    var thread = new Thread(work, "download");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Answers with a download, in the form that the client likes best; or with its headers, if it
   * asks for no more.
   *
   * @param forms the same in several forms; the first one for who has no preference
   * @param client of the request, who waits
   * @throws TooManyDownloads if there are as many as may be
   */
  public void send(List<Download> forms, DownloadRequest request, AsyncResponse client) {
    Download form = chosen(forms, request.headers());
    Response.ResponseBuilder head =
        Response.ok()
            .type(form.mediaType())
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + form.fileName() + "\"");
    HttpServletResponse answer = request.answer();
    var ending = BreakableEnding.of(answer);
    if (request.isForHeadersOnly()) {
      client.resume(head.entity(OF_UNKNOWN_LENGTH).build());
      return;
    }
    StreamingOutput body =
        out ->
            new Transfer(form, ending, () -> closed)
                .run(new SteadyOutput(out, System::nanoTime, () -> closed), answer::isCommitted);
    // How the server is made to end a connection whose answer broke off.
    head.header("Connection", "close");
    if (ending.isInChunks()) {
      // Else a server may leave it to the end of the connection to tell where the answer ends.
      head.header("Transfer-Encoding", "chunked");
    }
    Response response = head.entity(body).build();
    Runnable end = RequestGate.endOf(request.arrived());
    try {
      threads.execute(() -> answer(client, response, end));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "One download too many", e);
      throw new TooManyDownloads(most);
    }
  }

  private static void answer(AsyncResponse client, Response response, Runnable end) {
    try {
      client.resume(response);
    } finally {
      end.run();
    }
  }

  private static Download chosen(List<Download> forms, HttpHeaders request) {
    // What is liked best comes first, and what is named precisely before what has a wildcard.
    for (MediaType accepted : request.getAcceptableMediaTypes()) {
      for (Download form : forms) {
        if (accepted.isCompatible(MediaType.valueOf(form.mediaType()))) {
          return form;
        }
      }
    }
    throw new NotAcceptableException();
  }

  /** Has the downloads that still run broken off, and takes no more. */
  public void breakOff() {
    closed = true;
    threads.shutdownNow();
  }

  /** The same, and waits until they are. */
  @Override
  public void close() {
    breakOff();
    try {
      threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
