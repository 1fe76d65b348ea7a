package io.chronotrack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

  @ParameterizedTest
  @ValueSource(strings = {"mp.jwt.verify.issuer", "mp_jwt_verify_issuer", "MP_JWT_VERIFY_ISSUER"})
  void aSettingWithDotsIsFoundByEachOfItsThreeNames(String variable) {
    var environment = new Environment(Map.of(variable, "here", "OTHER", "there"));

    assertThat(environment.find("mp.jwt.verify.issuer")).contains("here");
  }

  @Test
  void theExactNameGoesFirstAndTheOneInUpperCaseLast() {
    assertThat(new Environment(Map.of("a.b", "1", "a_b", "2", "A_B", "3")).find("a.b"))
        .contains("1");
    assertThat(new Environment(Map.of("a_b", "2", "A_B", "3")).find("a.b")).contains("2");
  }

  @Test
  void aSettingWithoutDotsIsFoundByItsName() {
    assertThat(new Environment(Map.of("PORT", "4000")).find("PORT")).contains("4000");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(new Environment(Map.of("port", "4000")).find("PORT")).isEmpty();
  }
}
