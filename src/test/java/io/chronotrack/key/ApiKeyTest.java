package io.chronotrack.key;

import static io.chronotrack.key.SampleKeys.HASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00.123Z");
  private static final Instant END = NOW.plusSeconds(60);
  private static final NewKey WANTED =
      new NewKey("ci", Role.REPORTER, Only.REPORT, Set.of(7L), END);

  private final KeyText text = SampleKeys.text();
  private final ApiKey key = ApiKey.issue(3, 2, WANTED, text, HASH, NOW);
  private final ApiKey endless =
      ApiKey.issue(4, 2, SampleKeys.wanted(Role.VIEWER), text, HASH, NOW);

  @Test
  void aNewKeyIsAsItWasAskedFor() {
    assertThat(key)
        .isEqualTo(
            new ApiKey(
                3,
                2,
                "ci",
                text.lookup(),
                HASH.of(text.text()),
                Role.REPORTER,
                Only.REPORT,
                Set.of(7L),
                NOW,
                END,
                null,
                null,
                1));
  }

  @Test
  void nothingOfTheSecretIsInIt() {
    assertThat(key.toString()).contains(text.lookup()).doesNotContain(text.text().substring(14));
  }

  @Test
  void itWorksUntilItsEnd() {
    assertThat(key.worksAt(NOW)).isTrue();
    assertThat(key.worksAt(END.minusMillis(1))).isTrue();
    assertThat(key.worksAt(END)).isFalse();
    assertThat(key.worksAt(END.plusMillis(1))).isFalse();
  }

  @Test
  void withoutAnEndItWorksForEver() {
    assertThat(endless.worksAt(Instant.parse("9999-12-31T23:59:59Z"))).isTrue();
  }

  @Test
  void onceRevokedItNeverWorks() {
    ApiKey revoked = endless.revoke(END);
    assertThat(revoked.revokedAt()).isEqualTo(END);
    assertThat(revoked.version()).isEqualTo(2);
    // Not even for a clock that is behind.
    assertThat(revoked.worksAt(NOW)).isFalse();
    assertThat(revoked.worksAt(END)).isFalse();
  }

  @Test
  void revokingItAgainChangesNothing() {
    ApiKey revoked = key.revoke(NOW);
    assertThat(revoked.revoke(END)).isSameAs(revoked);
  }

  @Test
  void anEndIsBroughtForwardAndNeverPutOff() {
    Instant sooner = END.minusMillis(1);
    assertThat(key.expireBy(sooner).expiresAt()).isEqualTo(sooner);
    assertThat(key.expireBy(sooner).version()).isEqualTo(2);
    assertThat(key.expireBy(END.plusMillis(1))).isSameAs(key);
    assertThat(endless.expireBy(END).expiresAt()).isEqualTo(END);
  }

  @Test
  void anEndThatItHasAlreadyChangesNothing() {
    assertThat(key.expireBy(END)).isSameAs(key);
  }

  @Test
  void aUseIsRememberedAndNothingElseChanges() {
    ApiKey revoked = key.revoke(NOW);
    ApiKey used = revoked.usedAt(END);
    assertThat(used.lastUsedAt()).isEqualTo(END);
    assertThat(used.revokedAt()).isEqualTo(NOW);
    assertThat(used.version()).isEqualTo(3);
    assertThat(used)
        .usingRecursiveComparison()
        .ignoringFields("lastUsedAt", "version")
        .isEqualTo(revoked);
  }

  @Test
  void aSuccessorIsLikeItAndHasNothingOfItsPast() {
    assertThat(key.successor()).isEqualTo(WANTED);
    assertThat(key.usedAt(NOW).successor()).isEqualTo(WANTED);
  }

  @Test
  void itShowsItsProjectOrCertainJobsOfIt() {
    assertThat(key.scope()).isEqualTo(new Scope(2, Set.of(7L)));
    assertThat(endless.scope()).isEqualTo(Scope.of(2));
  }

  @Test
  void itsViewsTellTheKeyOnlyToTheOneWhoAskedForIt() {
    var issued = new IssuedKey(key, text);
    IssuedKeyView view = IssuedKeyView.of(issued, "billing");
    assertThat(view.key()).isEqualTo(text.text());
    assertThat(view).hasToString("key 3");
    assertThat(KeyView.of(key, "billing").toString())
        .doesNotContain(text.text(), key.hash(), key.lookup());
    assertThat(issued.toString()).doesNotContain(text.text());
  }
}
