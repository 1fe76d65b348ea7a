package io.chronotrack;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.chronotrack.storage.Transactions;
import java.time.Clock;
import java.util.Date;
import java.util.Set;

/** The rules of the house that the compiler does not know. */
@AnalyzeClasses(packages = "io.chronotrack", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.chronotrack";
  private static final String STORE = "io.chronotrack..store..";
  private static final String STORAGE = "io.chronotrack.storage..";
  private static final String LAUNCHER = "io.chronotrack.launcher..";
  private static final String CONFIG = "io.chronotrack.config..";

  @ArchTest
  static final ArchRule persistenceStaysInTheStores =
      noClasses()
          .that(resideOutsideOf(STORE, STORAGE))
          .and(DescribedPredicate.not(simpleName("Wiring")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.persistence..", "org.hibernate..", "java.sql..", "org.sqlite..")
          .because("the domain and the services must work on any store, also on one in the heap");

  @ArchTest
  static final ArchRule httpStaysAtTheEdge =
      noClasses()
          .that(resideOutsideOf(ROOT, "io.chronotrack.http..", "io.chronotrack.problem.."))
          .and(DescribedPredicate.not(simpleNameEndingWith("Resource")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..")
          .because("what a service decides must not depend on how it was asked");

  @ArchTest
  static final ArchRule theServersTransactionsStayInStorage =
      noClasses()
          .that(resideOutsideOf(ROOT, STORAGE))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.transaction..")
          .because("services do not know whether a command has a transaction of its own");

  @ArchTest
  static final ArchRule transactionsBeginInServices =
      noClasses()
          .that(DescribedPredicate.not(simpleNameEndingWith("Service")))
          .and(DescribedPredicate.not(simpleName("WriteProbe")))
          .should()
          .callMethodWhere(callOf(Transactions.class, "write", "read"))
          .because("a use case is one transaction, and the services are the use cases");

  @ArchTest
  static final ArchRule theTimeIsReadFromTheClockBean =
      noClasses()
          .that(resideOutsideOf(LAUNCHER))
          .should()
          .callCodeUnitWhere(readingTheTime())
          .because(
              "tests must be able to move the time, and a use case has one time for all it does");

  @ArchTest
  static final ArchRule clocksAreMadeAtTheRoot =
      noClasses()
          .that(resideOutsideOf(ROOT))
          .should()
          .callMethodWhere(
              callOf(
                  Clock.class,
                  "system",
                  "systemUTC",
                  "systemDefaultZone",
                  "tick",
                  "tickMillis",
                  "tickSeconds",
                  "tickMinutes"))
          .because("there is one clock, and the wiring decides which");

  @ArchTest
  static final ArchRule configurationIsReadInOnePlace =
      noClasses()
          .that(resideOutsideOf(CONFIG, LAUNCHER))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.microprofile.config..")
          .because("AppConfig knows all settings, their defaults and their rules");

  @ArchTest
  static final ArchRule theEnvironmentIsReadInOnePlace =
      noClasses()
          .that(resideOutsideOf(CONFIG, LAUNCHER))
          .should()
          .callMethodWhere(
              callOf(System.class, "getenv", "getProperty", "getProperties")
                  .or(callOf(Integer.class, "getInteger"))
                  .or(callOf(Long.class, "getLong"))
                  .or(callOf(Boolean.class, "getBoolean")))
          .because("AppConfig knows all settings, their defaults and their rules");

  @ArchTest
  static final ArchRule thereAreNoCycles =
      slices()
          .matching("io.chronotrack.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a room that can be understood alone can be changed alone");

  @ArchTest
  static final ArchRule nothingDependsOnTheRoot =
      noClasses()
          .that(resideOutsideOf(ROOT))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT)
          .because("the root wires the rooms together");

  @ArchTest
  static final ArchRule jobsDoNotKnowRuns =
      noClasses()
          .that()
          .resideInAPackage("io.chronotrack.job..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.chronotrack.run..")
          .because("a run belongs to a job and not the other way round");

  @ArchTest
  static final ArchRule onlyTheRootSeesTheStores =
      noClasses()
          .that(resideOutsideOf(ROOT, STORE))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(STORE)
          .because("the wiring alone decides which store there is");

  @ArchTest
  static final ArchRule nobodySeesTheLauncher =
      noClasses()
          .that(resideOutsideOf(LAUNCHER))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LAUNCHER)
          .because("the portable WAR comes without it");

  @ArchTest
  static final ArchRule theLauncherSeesOnlyTheConfiguration =
      noClasses()
          .that()
          .resideInAPackage(LAUNCHER)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.chronotrack..").and(resideOutsideOf(LAUNCHER, CONFIG)))
          .because("it lives around the WAR, in another class loader");

  @ArchTest
  static final ArchRule theConfigurationKnowsNothingElseOfTheApplication =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat(resideInAPackage("io.chronotrack..").and(resideOutsideOf(CONFIG)))
          .because("the launcher reads it before there is an application");

  private static DescribedPredicate<JavaClass> resideOutsideOf(String... packages) {
    return JavaClass.Predicates.resideOutsideOfPackages(packages);
  }

  private static DescribedPredicate<JavaAccess<?>> callOf(Class<?> owner, String... methods) {
    Set<String> names = Set.of(methods);
    return describe(
        owner.getSimpleName() + "." + names,
        access ->
            access.getTargetOwner().isAssignableTo(owner) && names.contains(access.getName()));
  }

  /** Any {@code now()} of java.time without a clock, and the older ways. */
  private static DescribedPredicate<JavaAccess<?>> readingTheTime() {
    return describe(
        "reading the time past the clock",
        access ->
            (access.getTargetOwner().getPackageName().equals("java.time")
                    && access.getName().equals("now"))
                || (access.getTargetOwner().isEquivalentTo(System.class)
                    && access.getName().equals("currentTimeMillis"))
                || (access.getTargetOwner().isEquivalentTo(Date.class)
                    && access.getName().equals("<init>")));
  }
}
