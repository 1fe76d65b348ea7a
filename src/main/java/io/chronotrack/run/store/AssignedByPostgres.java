package io.chronotrack.run.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.hibernate.annotations.AttributeBinderType;
import org.hibernate.binder.AttributeBinder;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;

/**
 * A column that PostgreSQL fills by its default, so that no statement that inserts a row names it;
 * on other databases it gets the value of its field.
 *
 * <p>Hibernate's own annotations for such columns would hold on every database, and read back what
 * was filled in, which takes inserts out of their batches.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@AttributeBinderType(binder = AssignedByPostgres.Binder.class)
@interface AssignedByPostgres {

  /** Called by Hibernate when it starts. */
  final class Binder implements AttributeBinder<AssignedByPostgres> {

    @Override
    public void bind(
        AssignedByPostgres annotation,
        MetadataBuildingContext context,
        PersistentClass entity,
        Property column) {
      boolean isPostgres =
          context.getMetadataCollector().getDatabase().getDialect() instanceof PostgreSQLDialect;
      column.setInsertable(!isPostgres);
    }
  }
}
