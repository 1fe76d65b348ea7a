package io.chronotrack.authentication;

import io.chronotrack.access.Role;
import io.chronotrack.config.InvalidSetting;
import io.chronotrack.config.JwtSettings;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the groups of a directory may do here.
 *
 * @param roles role by exact name of the group; a group that is not in it has none
 */
record GroupRoles(Map<String, Role> roles) {

  GroupRoles {
    roles = Map.copyOf(roles);
  }

  /**
   * The roles as configured, or by name. By name there is none above that of a project's
   * administrator: a group "system" that a directory happens to have must not administer them all.
   *
   * @param names name of the role by name of the group; empty is by name
   * @throws InvalidSetting if there is no such role
   */
  static GroupRoles of(Map<String, String> names) {
    if (names.isEmpty()) {
      return new GroupRoles(
          Arrays.stream(Role.values())
              .filter(role -> Role.ADMIN.includes(role))
              .collect(Collectors.toMap(Role::roleName, role -> role)));
    }
    Map<String, Role> roles = new LinkedHashMap<>();
    names.forEach((group, name) -> roles.put(group, role(name)));
    return new GroupRoles(roles);
  }

  /** The highest role of these groups, if any of them has one. */
  Optional<Role> highest(Collection<String> groups) {
    return groups.stream().map(roles::get).filter(Objects::nonNull).max(Comparator.naturalOrder());
  }

  private static Role role(String name) {
    return Role.of(name)
        .orElseThrow(
            () ->
                new InvalidSetting(
                    JwtSettings.GROUP_ROLES,
                    "a list group=role,... with roles out of "
                        + Arrays.stream(Role.values())
                            .map(Role::roleName)
                            .collect(Collectors.joining(", ")),
                    name));
  }
}
