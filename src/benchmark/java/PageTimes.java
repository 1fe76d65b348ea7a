import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long pages of lists take, over HTTP, one request after the other.
 *
 * <pre>java PageTimes.java address file repetitions</pre>
 *
 * The file has a path with its query on each line, such as {@code /runs?sort=-durationMs}. For each,
 * a line of fields separated by tabs: the path, the number of the page, its items, and median and
 * 99th percentile in milliseconds, once for the first page and once for the hundredth (or the last
 * one that is as long as the first, where there are fewer: half a page is not compared with a whole
 * one).
 */
public final class PageTimes {

  private static final int FAR = 100;
  private static final Pattern NEXT = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");
  private static final Pattern ITEM = Pattern.compile("\"updatedAt\":");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;
  private final int repetitions;

  private PageTimes(URI address, int repetitions) {
    this.address = address;
    this.repetitions = repetitions;
  }

  public static void main(String[] arguments) throws Exception {
    var times = new PageTimes(URI.create(arguments[0]), Integer.parseInt(arguments[2]));
    List<String> paths =
        Files.readAllLines(Path.of(arguments[1])).stream().filter(line -> !line.isBlank()).toList();
    for (String path : paths) {
      times.measure(path, 1, path);
      times.measureFarPage(path);
    }
  }

  private void measureFarPage(String path) throws IOException, InterruptedException {
    String page = path;
    int number = 1;
    String body = get(page);
    long wholePage = itemsOf(body);
    Matcher next = NEXT.matcher(body);
    while (number < FAR && next.find()) {
      String following = path + (path.contains("?") ? "&" : "?") + "cursor=" + next.group(1);
      body = get(following);
      if (itemsOf(body) < wholePage) {
        break;
      }
      page = following;
      number++;
      next = NEXT.matcher(body);
    }
    measure(path, number, page);
  }

  private static long itemsOf(String body) {
    return ITEM.matcher(body).results().count();
  }

  private void measure(String path, int number, String page)
      throws IOException, InterruptedException {
    String body = get(page);
    for (int i = 0; i < repetitions / 4; i++) {
      get(page);
    }
    var nanos = new long[repetitions];
    for (int i = 0; i < repetitions; i++) {
      long begin = System.nanoTime();
      get(page);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s\t%d\t%d\t%.3f\t%.3f%n",
        path,
        number,
        itemsOf(body),
        nanos[repetitions / 2] / 1e6,
        nanos[repetitions * 99 / 100] / 1e6);
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
