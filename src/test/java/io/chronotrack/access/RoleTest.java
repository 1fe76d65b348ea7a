package io.chronotrack.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {

  /** Written out once more, so that a change of the order in the code is noticed here. */
  private static final List<String> ORDER =
      List.of("viewer", "reporter", "operator", "admin", "system");

  @Test
  void theRolesGoFromTheLeastToTheMost() {
    assertThat(Role.values()).extracting(Role::roleName).containsExactlyElementsOf(ORDER);
  }

  @ParameterizedTest
  @EnumSource
  void aRoleIncludesItselfAndAllBeforeItAndNoOther(Role role) {
    int place = ORDER.indexOf(role.roleName());
    for (Role other : Role.values()) {
      assertThat(role.includes(other))
          .as("%s includes %s", role, other)
          .isEqualTo(ORDER.indexOf(other.roleName()) <= place);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNameLeadsBackToItsRole(Role role) {
    assertThat(Role.of(role.roleName())).contains(role);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "VIEWER", "Admin", " admin", "root", "**", "sÿstem", "vıewer"})
  void anyOtherNameIsNoRole(String name) {
    assertThat(Role.of(name)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void annotationsHaveTheNameOfEveryRole(Role role) throws IllegalAccessException {
    assertThat(constants()).contains(role.roleName());
  }

  @Test
  void annotationsHaveNoNameBesideThoseOfTheRolesAndOneForEverybody()
      throws IllegalAccessException {
    assertThat(constants())
        .hasSize(Role.values().length + 1)
        .allMatch(name -> name.equals(Role.Name.ANY) || Role.of(name).isPresent());
  }

  private static List<String> constants() throws IllegalAccessException {
    List<Field> fields =
        Arrays.stream(Role.Name.class.getFields())
            .filter(field -> field.getType().equals(String.class))
            .toList();
    List<String> values = new ArrayList<>();
    for (Field field : fields) {
      values.add((String) field.get(null));
    }
    return values;
  }
}
