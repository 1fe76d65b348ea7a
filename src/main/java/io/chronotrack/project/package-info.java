/**
 * Projects: what keeps the jobs of one team from those of another.
 *
 * <p>Every job belongs to a project for ever, and through it every run. A project is never deleted,
 * only archived, so that its history stays readable and its key is not given away twice. A fresh
 * installation has the project {@code default}, in which everything is that knows of no projects.
 *
 * <p>Whoever administers a project sees that one only: for everybody but {@link
 * io.chronotrack.access.Role#SYSTEM} there are no others. This package knows nothing of jobs.
 */
@NullMarked
package io.chronotrack.project;

import org.jspecify.annotations.NullMarked;
