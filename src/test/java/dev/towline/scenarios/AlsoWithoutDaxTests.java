package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.towline.local.AlsoWithoutDax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A scenario that depends on the way of reads runs in both ways. */
class AlsoWithoutDaxTests {

    /** What {@link RunningTowline} offers to those who count requests to DynamoDB, slow them down or make them fail. */
    private static final Set<String> WAY_OF_READS = Set.of("DYNAMO", "forgetReads", "hasDax");

    @Test
    void whoeverDependsOnTheWayOfReadsSaysSo() {
        List<JavaClass> depend = new ClassFileImporter()
                .importPackages("dev.towline.scenarios").stream()
                        .filter(each -> !each.isEquivalentTo(RunningTowline.class))
                        .filter(each -> each.getAccessesFromSelf().stream().anyMatch(AlsoWithoutDaxTests::isOfTheWay))
                        .map(AlsoWithoutDaxTests::outermost)
                        .toList();

        assertThat(depend).hasSizeGreaterThan(5);
        assertThat(depend)
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(AlsoWithoutDax.class))
                        .as("%s is @AlsoWithoutDax", each.getName())
                        .isTrue());
    }

    @Test
    void ciRunsThemOnceMoreWithoutDax() throws IOException {
        assertThat(Files.readString(Path.of(".ci", "run")))
                .contains("-Dtowline.test.dax=false -Dgroups=" + AlsoWithoutDax.TAG + " ");
    }

    private static boolean isOfTheWay(JavaAccess<?> access) {
        return access.getTargetOwner().isAssignableTo(RunningTowline.class)
                && WAY_OF_READS.contains(access.getTarget().getName());
    }

    private static JavaClass outermost(JavaClass each) {
        return each.getEnclosingClass().map(AlsoWithoutDaxTests::outermost).orElse(each);
    }
}
