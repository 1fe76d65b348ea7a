package io.chronotrack.run.store;

import io.chronotrack.access.Scope;
import io.chronotrack.job.JobRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.stream.RunJournal;
import io.chronotrack.storage.Transactions;

/**
 * A store that is held to a contract about runs.
 *
 * @param repository the repository under test
 * @param jobs keeps the jobs that the runs belong to
 * @param journal the events of the runs
 * @param transactions those that all take part in
 * @param otherProject a project beside the default one, as the store has it
 */
public record RunStore(
    JobRunRepository repository,
    JobRepository jobs,
    RunJournal journal,
    Transactions transactions,
    Scope otherProject) {}
