package io.chronotrack;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.chronotrack.access.Caller;
import io.chronotrack.access.Only;
import io.chronotrack.access.Role;
import io.chronotrack.access.Scope;
import io.chronotrack.idempotency.IdempotencyService;
import io.chronotrack.storage.Transactions;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.json.Json;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the house that the compiler does not know. */
@AnalyzeClasses(packages = "io.chronotrack", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.chronotrack";

  /** The rooms that every feature stands on. */
  private static final String[] FOUNDATION = {
    "access", "change", "config", "http", "page", "problem", "storage"
  };

  private static final String STORE = "io.chronotrack..store..";
  private static final String STORAGE = "io.chronotrack.storage..";
  private static final String COPY = "io.chronotrack.copy..";
  private static final String LAUNCHER = "io.chronotrack.launcher..";
  private static final String CONFIG = "io.chronotrack.config..";
  private static final String AUTHENTICATION = "io.chronotrack.authentication..";

  /** Which rooms a room may know; the root may know all of them, and the root alone. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("config", Set.of()),
          Map.entry("page", Set.of()),
          Map.entry("problem", Set.of()),
          Map.entry("filter", Set.of()),
          Map.entry("change", Set.of("problem")),
          Map.entry("access", Set.of("problem")),
          Map.entry("storage", Set.of("change", "config", "page", "problem")),
          Map.entry("http", Set.of("access", "change", "config", "page", "problem")),
          Map.entry("health", Set.of("problem", "storage")),
          Map.entry("openapi", Set.of()),
          Map.entry("launcher", Set.of("config")),
          Map.entry("copy", Set.of("audit", "config", "storage")),
          Map.entry("audit", with(FOUNDATION)),
          Map.entry("idempotency", with(FOUNDATION)),
          Map.entry("stats", with(FOUNDATION)),
          Map.entry("project", with(FOUNDATION, "audit", "idempotency")),
          Map.entry("job", with(FOUNDATION, "audit", "filter", "idempotency", "stats")),
          Map.entry("run", with(FOUNDATION, "filter", "idempotency", "job", "stats")),
          Map.entry("key", with(FOUNDATION, "audit", "idempotency", "project", "job")),
          Map.entry("authentication", with(FOUNDATION, "audit", "project", "key")));

  @ArchTest
  static final ArchRule persistenceStaysInTheStores =
      noClasses()
          .that(resideOutsideOf(STORE, STORAGE, COPY))
          .and(DescribedPredicate.not(simpleName("Wiring")))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.persistence..", "org.hibernate..", "java.sql..", "org.sqlite..")
          .because("the domain and the services must work on any store, also on one in the heap");

  @ArchTest
  static final ArchRule httpStaysAtTheEdge =
      noClasses()
          .that(
              resideOutsideOf(
                  ROOT, "io.chronotrack.http..", "io.chronotrack.problem..", AUTHENTICATION))
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
  static final ArchRule theProviderOfJsonIsLookedForOnce =
      noClasses()
          .should()
          .callMethodWhere(
              callOf(
                  Json.class,
                  "createArrayBuilder",
                  "createDiff",
                  "createGenerator",
                  "createMergeDiff",
                  "createMergePatch",
                  "createObjectBuilder",
                  "createParser",
                  "createPatch",
                  "createPatchBuilder",
                  "createPointer",
                  "createReader",
                  "createValue",
                  "createWriter"))
          .because(
              "each of these opens every library to find the provider;"
                  + " a constant keeps a factory, or the provider itself");

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
  static final ArchRule aRoomKnowsOnlyTheRoomsItStandsOn =
      classes()
          .that()
          .resideInAPackage("io.chronotrack.*..")
          .should(knowOnlyRoomsThatTheyMay())
          .because("a run belongs to a job, and a job knows nothing of runs, keys or credentials");

  @ArchTest
  static final ArchRule callersAreMadeOfCredentials =
      noClasses()
          .that(resideOutsideOf(AUTHENTICATION))
          .and(DescribedPredicate.not(simpleName("FirstKeyService")))
          .should()
          .callConstructor(
              Caller.class,
              String.class,
              String.class,
              Role.class,
              Only.class,
              String.class,
              boolean.class,
              Scope.class)
          .because("whoever makes a caller decides what may be done; the start acts for itself");

  @ArchTest
  static final ArchRule everyResourceMethodSaysWhoMayCallIt =
      methods()
          .that()
          .areMetaAnnotatedWith(HttpMethod.class)
          .should()
          .beAnnotatedWith(RolesAllowed.class)
          .orShould(haveARuleOnTheirClass())
          .because("a method without a rule would be refused at the deployment only");

  @ArchTest
  static final ArchRule everyServerCanMakeResourcesAndProviders =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .or()
          .areAnnotatedWith(Provider.class)
          .should(haveAPublicConstructorWithoutParameters())
          .because("RESTEasy looks for one before it asks CDI, and the deployment fails without");

  @ArchTest
  static final ArchRule everyPostCanBeRepeated =
      methods()
          .that()
          .areAnnotatedWith(POST.class)
          .should(callTheMethod(IdempotencyService.class, "once"))
          .because("a client whose connection broke must be able to ask again");

  @ArchTest
  static final ArchRule onlyTheRootSeesTheStores =
      noClasses()
          .that(resideOutsideOf(ROOT, STORE, COPY))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(STORE)
          .because(
              "the wiring alone decides which store there is; the copy works without a server");

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

  private static Set<String> with(String[] rooms, String... more) {
    return Stream.concat(Arrays.stream(rooms), Arrays.stream(more))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The part of a package's name behind that of the root; empty for others and for the root. */
  private static String roomOf(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.", -1)[0] : "";
  }

  private static ArchCondition<JavaClass> knowOnlyRoomsThatTheyMay() {
    return new ArchCondition<>("know only the rooms that their own stands on") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String room = roomOf(type);
        Set<String> allowed = MAY_KNOW.get(room);
        if (allowed == null) {
          events.add(SimpleConditionEvent.violated(type, "the room " + room + " is not listed"));
          return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String other = roomOf(dependency.getTargetClass().getBaseComponentType());
          if (!other.isEmpty() && !other.equals(room) && !allowed.contains(other)) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> haveAPublicConstructorWithoutParameters() {
    return new ArchCondition<>("have a public constructor without parameters") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean found =
            type.tryGetConstructor()
                .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
                .isPresent();
        events.add(new SimpleConditionEvent(type, found, type.getDescription()));
      }
    };
  }

  private static ArchCondition<JavaMethod> haveARuleOnTheirClass() {
    return new ArchCondition<>("be in a class with PermitAll or RolesAllowed") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        JavaClass owner = method.getOwner();
        boolean ruled =
            owner.isAnnotatedWith(PermitAll.class) || owner.isAnnotatedWith(RolesAllowed.class);
        events.add(new SimpleConditionEvent(method, ruled, method.getDescription()));
      }
    };
  }

  private static ArchCondition<JavaMethod> callTheMethod(Class<?> owner, String name) {
    return new ArchCondition<>("call " + owner.getSimpleName() + "." + name) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean called = method.getMethodCallsFromSelf().stream().anyMatch(callOf(owner, name));
        events.add(new SimpleConditionEvent(method, called, method.getDescription()));
      }
    };
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
