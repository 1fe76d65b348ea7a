/**
 * Jobs: the things that are run again and again, such as "Daily ETL".
 *
 * <p>A job is never deleted, only archived, so that the history of its runs stays readable. An
 * archived job takes no new runs. This package knows nothing of runs.
 */
@NullMarked
package io.chronotrack.job;

import org.jspecify.annotations.NullMarked;
