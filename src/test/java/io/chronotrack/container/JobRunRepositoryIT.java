package io.chronotrack.container;

import io.chronotrack.access.SampleCallers;
import io.chronotrack.job.JobRepository;
import io.chronotrack.run.JobRunRepository;
import io.chronotrack.run.SampleRuns;
import io.chronotrack.run.store.JobRunRepositoryContract;
import io.chronotrack.run.store.RunStore;
import io.chronotrack.run.stream.RunJournal;
import io.chronotrack.storage.SideBySide;
import io.chronotrack.storage.Transactions;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The contract once more, with the server's transactions, pools and threads. */
@ExtendWith(ArquillianExtension.class)
@Execution(ExecutionMode.SAME_THREAD) // Their containers share a database file.
class JobRunRepositoryIT extends JobRunRepositoryContract {

  @Inject private JobRunRepository repository;
  @Inject private JobRepository jobs;
  @Inject private RunJournal journal;
  @Inject private Transactions transactions;
  @Inject private OtherProject otherProject;
  @Resource private ManagedExecutorService executor;

  @Deployment
  static WebArchive war() {
    return Deployments.warWith(
        JobRunRepositoryContract.class,
        RunStore.class,
        SampleRuns.class,
        SideBySide.class,
        SampleCallers.class,
        OtherProject.class);
  }

  @Override
  protected RunStore store() {
    return new RunStore(repository, jobs, journal, transactions, otherProject.scope());
  }

  @Override
  protected Executor threads() {
    return executor;
  }
}
