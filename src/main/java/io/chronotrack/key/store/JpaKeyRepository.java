package io.chronotrack.key.store;

import io.chronotrack.access.Role;
import io.chronotrack.key.ApiKey;
import io.chronotrack.key.KeyRepository;
import io.chronotrack.page.Page;
import io.chronotrack.page.PageRequest;
import io.chronotrack.storage.IdCounter;
import io.chronotrack.storage.NewestFirst;
import io.chronotrack.storage.ReadSessions;
import io.chronotrack.storage.VersionedRow;
import io.chronotrack.storage.WriteSessions;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys in the table {@code api_keys}. */
public final class JpaKeyRepository implements KeyRepository {

  /** The rows that it keeps. */
  public static final List<Class<?>> ROWS = List.of(ApiKeyRow.class, KeyCheckRow.class);

  private final WriteSessions writer;
  private final ReadSessions reader;
  private final IdCounter ids;

  /**
   * @param writer where commands write
   * @param reader where queries run
   */
  public JpaKeyRepository(WriteSessions writer, ReadSessions reader) {
    this.writer = writer;
    this.reader = reader;
    this.ids = writer.ids(ApiKeyRow.class);
  }

  @Override
  public long nextId() {
    return ids.next();
  }

  @Override
  public void insert(ApiKey key) {
    writer.current().persist(new ApiKeyRow(key));
  }

  @Override
  public void update(ApiKey key) {
    VersionedRow.toReplace(writer.current(), ApiKeyRow.class, key.id(), key.version()).set(key);
  }

  @Override
  public Optional<ApiKey> find(long projectId, long id) {
    return of(projectId, reader.current().find(ApiKeyRow.class, id));
  }

  @Override
  public Optional<ApiKey> findForUpdate(long projectId, long id) {
    return of(projectId, VersionedRow.current(writer.current(), ApiKeyRow.class, id));
  }

  @Override
  public Optional<ApiKey> findByLookup(String lookup) {
    return reader
        .current()
        .createQuery("select r from ApiKeyRow r where r.lookup = :lookup", ApiKeyRow.class)
        .setParameter("lookup", lookup)
        .getResultStream()
        .findFirst()
        .map(ApiKeyRow::toKey);
  }

  @Override
  public boolean hasUsable(Role role) {
    return reader
            .current()
            .createQuery(
                "select count(r) from ApiKeyRow r where r.role = :role and r.revokedAt is null",
                Long.class)
            .setParameter("role", role)
            .getSingleResult()
        > 0;
  }

  @Override
  public Page<ApiKey> list(long projectId, Set<Role> roles, PageRequest request) {
    return new NewestFirst<>(ApiKeyRow.class)
        .where("r.projectId = :projectId", "projectId", projectId)
        .where("r.role in (:roles)", "roles", roles)
        .page(reader.current(), request, ApiKeyRow::toKey, ApiKeyRow::positionOf);
  }

  @Override
  public Optional<String> secretCheck() {
    return Optional.ofNullable(
            writer
                .current()
                .find(KeyCheckRow.class, KeyCheckRow.ONLY_ID, LockModeType.PESSIMISTIC_WRITE))
        .map(KeyCheckRow::hash);
  }

  @Override
  public void storeSecretCheck(String hash) {
    writer.current().persist(new KeyCheckRow(hash));
  }

  private static Optional<ApiKey> of(long projectId, @Nullable ApiKeyRow row) {
    return Optional.ofNullable(row)
        .map(ApiKeyRow::toKey)
        .filter(key -> key.projectId() == projectId);
  }
}
