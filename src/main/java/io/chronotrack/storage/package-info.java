/**
 * The database that the stores share: which one it is, its connections, its migrations, and the one
 * place where transactions begin and end.
 *
 * <p>SQLite has one writer. Writers therefore queue here, in the JVM, for the one connection that
 * writes; readers have connections of their own that cannot write and never wait for a writer.
 */
@NullMarked
package io.chronotrack.storage;

import org.jspecify.annotations.NullMarked;
