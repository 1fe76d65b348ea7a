package io.chronotrack.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {

  /** RFC 7396, appendix A: those of its examples in which both sides are objects. */
  @ParameterizedTest(name = "{0} patched with {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":"b"}           | {"a":"c"}                   | {"a":"c"}
          {"a":"b"}           | {"b":"c"}                   | {"a":"b","b":"c"}
          {"a":"b"}           | {"a":null}                  | {}
          {"a":"b","b":"c"}   | {"a":null}                  | {"b":"c"}
          {"a":["b"]}         | {"a":"c"}                   | {"a":"c"}
          {"a":"c"}           | {"a":["b"]}                 | {"a":["b"]}
          {"a":{"b":"c"}}     | {"a":{"b":"d","c":null}}    | {"a":{"b":"d"}}
          {"a":[{"b":"c"}]}   | {"a":[1]}                   | {"a":[1]}
          {"e":null}          | {"a":1}                     | {"e":null,"a":1}
          {}                  | {"a":{"bb":{"ccc":null}}}   | {"a":{"bb":{}}}
          """)
  void aPatchGoesOnInsideOfMetadata(String target, String patch, String result) {
    assertThat(new Metadata(patch).mergedInto(new Metadata(target)))
        .isEqualTo(new Metadata(result));
  }

  @Test
  void aPatchOfNothingIsWhatItSetsItself() {
    assertThat(new Metadata("{\"a\":1,\"b\":null}").mergedInto(null))
        .isEqualTo(new Metadata("{\"a\":1}"));
  }

  @Test
  void theSizeIsCountedInBytesOfUtf8() {
    assertThat(new Metadata("{\"a\":\"ä😀\"}").bytes()).isEqualTo(8 + 2 + 4);
  }

  @Test
  void textAndObjectAreTwoFormsOfTheSame() {
    var metadata = new Metadata("{\"a\":[1,2.50,true,null,\"x\\u0000\\n\"]}");
    assertThat(Metadata.of(metadata.toObject())).isEqualTo(metadata);
  }
}
