package dev.towline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The allowed dependencies between packages. A dependency that is not listed here fails this test. */
class ModularityTests {

    record Module(String name, Set<String> mayKnow) {

        private static Module module(String name, String... mayKnow) {
            return new Module(name, Set.of(mayKnow));
        }
    }

    /** In reading order: each knows only those above it, so no two can know each other. */
    private static final List<Module> GRAPH = List.of(
            Module.module("problem"),
            Module.module("geo", "problem"),
            Module.module("viewer", "problem"),
            Module.module("audit", "problem", "viewer"),
            Module.module("authentication", "problem", "viewer"),
            Module.module("paging", "problem"),
            Module.module("resolver"),
            Module.module("trace"),
            Module.module("store", "problem", "geo", "viewer", "paging"),
            Module.module("upload", "problem", "viewer", "store"),
            Module.module("job", "problem", "audit", "viewer", "paging", "store"),
            Module.module("redis", "problem", "geo", "viewer", "paging", "trace"),
            Module.module("live", "problem", "viewer"),
            Module.module("incident", "problem", "audit", "geo", "viewer", "paging", "store", "redis"),
            Module.module("vendor", "problem", "audit", "geo", "viewer", "paging", "store", "upload", "job", "redis"),
            Module.module(
                    "tracking",
                    "problem",
                    "audit",
                    "geo",
                    "viewer",
                    "paging",
                    "store",
                    "redis",
                    "live",
                    "incident",
                    "vendor"),
            Module.module("share", "problem", "audit", "viewer", "store", "live", "tracking"),
            Module.module("dispatch", "problem", "audit", "viewer", "store", "incident", "vendor", "tracking"),
            // these attach from outside: no feature knows them, and they know no feature
            Module.module("dynamo", "problem", "viewer", "resolver", "trace", "store"),
            Module.module("change", "store", "redis"),
            Module.module("cache", "problem", "audit", "geo", "viewer", "resolver", "store", "redis", "change"),
            Module.module("rate", "problem", "audit", "viewer", "redis", "change"),
            Module.module(
                    "edge",
                    "problem",
                    "audit",
                    "geo",
                    "viewer",
                    "paging",
                    "resolver",
                    "trace",
                    "store",
                    "upload",
                    "cache",
                    "rate"),
            Module.module("observability", "problem", "audit", "viewer", "store", "redis", "live"));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.towline");

    @ParameterizedTest
    @FieldSource("GRAPH")
    void knowsOnlyWhatTheGraphAllows(Module module) {
        var known = Stream.concat(Stream.of(module.name), module.mayKnow.stream())
                .map(ModularityTests::packagesOf)
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(packagesOf(module.name))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("dev.towline..")).or(resideInAnyPackage(known)))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void graphPointsOneWay() {
        var above = new HashSet<String>();
        for (var module : GRAPH) {
            assertThat(above).as("above %s", module.name).containsAll(module.mayKnow);
            above.add(module.name);
        }
    }

    @Test
    void everyPackageIsInTheGraph() {
        var known = GRAPH.stream().map(module -> packagesOf(module.name)).toArray(String[]::new);

        classes()
                .that()
                .resideOutsideOfPackage("dev.towline")
                .should()
                .resideInAnyPackage(known)
                .check(MAIN);
    }

    private static String packagesOf(String module) {
        return "dev.towline." + module + "..";
    }
}
