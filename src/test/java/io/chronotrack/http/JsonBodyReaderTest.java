package io.chronotrack.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chronotrack.change.Change;
import io.chronotrack.config.AppConfig;
import io.chronotrack.problem.DomainException;
import io.chronotrack.problem.ErrorCode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsonBodyReaderTest {

  private static final int MAX_BYTES = 4_000_000;

  private final JsonBodyReader reader =
      new JsonBodyReader(
          AppConfig.from(
              key ->
                  Optional.ofNullable(
                      Map.of("MAX_BODY_BYTES", Integer.toString(MAX_BYTES)).get(key))));

  private final MultivaluedHashMap<String, String> headers = new MultivaluedHashMap<>();

  private JsonBody read(byte[] bytes) throws IOException {
    return read(new ByteArrayInputStream(bytes));
  }

  private JsonBody read(InputStream stream) throws IOException {
    return reader.readFrom(
        JsonBody.class,
        JsonBody.class,
        new Annotation[0],
        MediaType.APPLICATION_JSON_TYPE,
        headers,
        stream);
  }

  private JsonBody read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private ErrorCode refusalOf(String text) {
    var refusal = catchThrowableOfType(DomainException.class, () -> read(text));
    assertThat(refusal).as("refusal").isNotNull();
    return refusal.code();
  }

  @Test
  void onlyJsonBodiesAreRead() {
    var annotations = new Annotation[0];
    assertThat(
            reader.isReadable(
                JsonBody.class, JsonBody.class, annotations, MediaType.APPLICATION_JSON_TYPE))
        .isTrue();
    assertThat(
            reader.isReadable(
                String.class, String.class, annotations, MediaType.APPLICATION_JSON_TYPE))
        .isFalse();
  }

  @Test
  void oneObjectWithSpaceAroundItIsRead() throws IOException {
    JsonBody body = read(" \r\n\t{\"name\" : \"ä😀\"}\n ");
    assertThat(body.requiredText("name", TextRule.line(5))).isEqualTo("ä😀");
    assertThatCode(body::verify).doesNotThrowAnyException();
  }

  @Test
  void escapesAreRead() throws IOException {
    JsonBody body = read("{\"a\":\"\\u00e4\\ud83d\\ude00\\n\"}");
    assertThat(body.text("a", TextRule.paragraphs(5))).isEqualTo(Change.to("ä😀\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "\n",
        "{",
        "}",
        "{\"a\":1",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":1e}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":\"nul\0\"}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":tru}",
        "{\"a\":nulll}",
        "// comment\n{}",
        "{/* comment */}",
        "{\"a\":[1,2}",
        "{\"a\":[1]]}"
      })
  void malformedJsonIsRefused(String text) {
    assertThat(refusalOf(text)).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "\"text\"", "1", "true", "null", "-", "nul"})
  void theBodyMustBeAnObject(String text) {
    assertThat(refusalOf(text)).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}{}", "{} x", "{},", "{}]", "{}}", "{} null", "{}\0", "{}\uFEFF", "{}//"})
  void nothingMayStandBehindTheObject(String text) {
    assertThat(refusalOf(text)).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"b\":2,\"a\":1}",
        "{\"a\":null,\"a\":null}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"m\":{\"a\":1,\"a\":2}}",
        "{\"m\":[{\"a\":1,\"a\":2}]}"
      })
  void aMemberThatIsGivenTwiceIsRefusedAtEveryDepth(String text) {
    assertThat(refusalOf(text)).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @Test
  void noBodyIsRefused() {
    assertThat(refusalOf("")).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @Test
  void aMarkOfTheByteOrderIsRefused() {
    assertThat(refusalOf("\uFEFF{}")).isEqualTo(ErrorCode.MALFORMED_JSON);
  }

  @Test
  void anotherEncodingIsRefused() {
    for (byte[] bytes :
        new byte[][] {
          "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1),
          "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
          "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE),
          {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'},
          {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'},
          {'{', '"', (byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"', ':', '1', '}'},
          {'{', '"', 'a', '"', ':', '1', '}', (byte) 0xFF}
        }) {
      assertThat(catchThrowableOfType(DomainException.class, () -> read(bytes)).code())
          .isEqualTo(ErrorCode.MALFORMED_JSON);
    }
  }

  @Test
  void aBodyMayHaveExactlyAsManyBytesAsAllowed() {
    String longest = "{" + " ".repeat(MAX_BYTES - 2) + "}";
    assertThatCode(() -> read(longest)).doesNotThrowAnyException();
    assertThat(refusalOf(longest + " ")).isEqualTo(ErrorCode.BODY_TOO_LARGE);
  }

  @Test
  void ofABodyThatNeverEndsNoMoreIsReadThanAllowed() {
    var endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            given++;
            return ' ';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) ' ');
            given += length;
            return length;
          }
        };
    assertThat(catchThrowableOfType(DomainException.class, () -> read(endless)).code())
        .isEqualTo(ErrorCode.BODY_TOO_LARGE);
    assertThat(endless.given).isEqualTo(MAX_BYTES + 1L);
  }

  static Stream<Named<String>> monsters() {
    return Stream.of(
        Named.of("500,000 arrays", "[".repeat(500_000)),
        Named.of("500,000 arrays in a member", "{\"a\":" + "[".repeat(500_000)),
        Named.of(
            "500,000 closed arrays in a member",
            "{\"a\":" + "[".repeat(500_000) + "]".repeat(500_000) + "}"),
        Named.of("500,000 objects", "{\"a\":".repeat(500_000)),
        Named.of("900 closed arrays", "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}"),
        Named.of("an exponent beyond int", "{\"a\":1e99999999999}"),
        Named.of("a negative exponent beyond int", "{\"a\":1e-99999999999}"),
        Named.of("a large exponent", "{\"a\":1e999999999}"),
        Named.of("a fraction with a large exponent", "{\"a\":1.5e2147483647}"),
        Named.of("a number of 1,000 digits", "{\"a\":" + "9".repeat(1_000) + "}"),
        Named.of("a number of 100,000 digits", "{\"a\":" + "9".repeat(100_000) + "}"),
        Named.of("a fraction of 100,000 digits", "{\"a\":0." + "1".repeat(100_000) + "}"),
        Named.of("a number in an array", "{\"a\":[1e99999999999]}"),
        Named.of("a large number behind the object", "{} 1e99999999999"),
        Named.of("a large number alone", "9".repeat(100_000)),
        Named.of("a name of 1,000,000 characters", "{\"" + "a".repeat(1_000_000) + "\":1}"),
        Named.of("a text of 1,000,000 characters", "{\"a\":\"" + "a".repeat(1_000_000) + "\"}"),
        Named.of("a lone surrogate", "{\"a\":\"\\ud800\"}"),
        Named.of("a lone surrogate as name", "{\"\\udfff\":1}"),
        Named.of("NUL as name", "{\"\\u0000\":1}"));
  }

  @ParameterizedTest
  @MethodSource("monsters")
  void whateverIsSentIsReadOrRefused(String text) {
    assertReadOrRefused(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bytesAtRandomAreReadOrRefused() {
    // A fixed seed, so that a failure can be repeated.
    var random = new Random(20_260_131);
    byte[] valid =
        "{\"name\":\"ä😀\",\"n\":[1,-2.5e3,true,null,{\"a\":\"\\u00e4\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(valid, 1 + random.nextInt(valid.length));
      for (int change = random.nextInt(4); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertReadOrRefused(bytes);
    }
  }

  private void assertReadOrRefused(byte[] bytes) {
    Throwable thrown =
        catchThrowable(
            () -> {
              JsonBody body = read(bytes);
              body.object("a", 100_000);
              body.text("n", TextRule.line(5));
              body.verify();
            });
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(DomainException.class);
      assertThat(((DomainException) thrown).code())
          .isIn(ErrorCode.MALFORMED_JSON, ErrorCode.VALIDATION_FAILED);
    }
  }

  @Test
  void aBatchMayBeLargerThanAnotherBody() throws Exception {
    var parameter = Batches.class.getDeclaredMethod("apply", JsonBody.class).getParameters()[0];
    String values = "{\"a\":[" + "1,".repeat(90_000) + "1]" + " ".repeat(4_500_000) + "}";

    JsonBody body =
        reader.readFrom(
            JsonBody.class,
            JsonBody.class,
            parameter.getAnnotations(),
            MediaType.APPLICATION_JSON_TYPE,
            headers,
            new ByteArrayInputStream(values.getBytes(StandardCharsets.UTF_8)));

    assertThat(body.has("a")).isTrue();
    assertThat(refusalOf(values)).isEqualTo(ErrorCode.BODY_TOO_LARGE);
  }

  interface Batches {
    void apply(@BatchBody JsonBody body);
  }
}
