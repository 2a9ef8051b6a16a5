package dev.towline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.towline.viewer.VisibilityRule;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;

/** Rules for all packages of the service. {@link ModularityTests} checks their dependencies. */
@AnalyzeClasses(packagesOf = Towline.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(beInNullMarkedPackage());

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.towline.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    /**
     * The bus, version floors and calls of DAX measure durations by the monotonic clock; the others pause a thread: between attempts, between reads, and
     * before a shutdown.
     */
    private static final String KEEPS_TIME_ITSELF =
            "dev\\.towline\\.(change\\.Bus|dynamo\\.(Backoff|DaxConnection|SteadyClock)|cache\\.warmup\\.WarmUp|edge\\.Drain|vendor\\.VendorReconciliation)";

    @ArchTest
    static final ArchRule timeComesFromTheClockBean = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Towline.class.getName())
            .and()
            .haveNameNotMatching(KEEPS_TIME_ITSELF)
            .should()
            .accessTargetWhere(describe("asks the machine for the time or sleeps", ArchitectureTests::isClockOrSleep));

    @ArchTest
    static final ArchRule driversStayInTheirPackage = CompositeArchRule.of(noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.towline.dynamo..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("software.amazon.."))
            .and(noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.towline.redis..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.lettuce..", "org.springframework.data.redis.."));

    @ArchTest
    static final ArchRule graphqlStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("dev.towline.resolver..", "dev.towline.cache..", "dev.towline.edge..")
            .and(describe("are not part of a controller", javaClass -> !isPartOfController(javaClass)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("graphql..");

    @ArchTest
    static final ArchRule controllersArePackagePrivate = classes()
            .that()
            .haveSimpleNameEndingWith("Controller")
            .should()
            .bePackagePrivate()
            .allowEmptyShould(true);

    /** Otherwise an answer would be given again when the viewer may not see it any more. */
    @ArchTest
    static final ArchRule rulesWithAClockSayWhenTheyMayDecideOtherwise = classes()
            .that()
            .implement(VisibilityRule.class)
            .and(describe(
                    "have a clock",
                    rule -> rule.getAllFields().stream()
                            .anyMatch(field -> field.getRawType().isAssignableTo(InstantSource.class))))
            .should(new ArchCondition<>("declare sameUntil") {
                @Override
                public void check(JavaClass rule, ConditionEvents events) {
                    boolean declared = rule.getMethods().stream()
                            .anyMatch(method -> method.getName().equals("sameUntil"));
                    events.add(new SimpleConditionEvent(rule, declared, rule.getName() + " declares sameUntil"));
                }
            });

    @ArchTest
    static final ArchRule noFieldInjection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper)(\\$.*)?");

    private static ArchCondition<JavaClass> beInNullMarkedPackage() {
        return new ArchCondition<>("be in a null-marked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        item, marked, item.getPackageName() + " needs a package-info with @NullMarked"));
            }
        };
    }

    private static boolean isClockOrSleep(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        return switch (access.getName()) {
            case "now" -> owner.getPackageName().equals("java.time");
            case "system", "systemUTC", "systemDefaultZone" ->
                owner.isEquivalentTo(InstantSource.class) || owner.isEquivalentTo(Clock.class);
            case "currentTimeMillis", "nanoTime" -> owner.isEquivalentTo(System.class);
            case "sleep" -> owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class);
            case "parkNanos", "parkUntil" -> owner.isEquivalentTo(LockSupport.class);
            default -> false;
        };
    }

    private static boolean isPartOfController(JavaClass javaClass) {
        var outermost = javaClass;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().orElseThrow();
        }
        return outermost.getSimpleName().endsWith("Controller");
    }
}
