package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.Measured;
import dev.towline.local.SharedStack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A fix costs less than before. With {@code -Dtowline.intake.shapes="FIXES RATE SESSIONS"} it measures in a JVM of its own with all compilers, so that
 * the CPU of DynamoDB Local, which runs in this JVM, does not count; and prints what it found.
 */
@Measured
class IntakeShapesIT {

    private static final String FULL = "towline.intake.shapes";

    @Test
    void aFixCostsLessThanBefore() throws Exception {
        String endpoint = SharedStack.stack().dynamo().endpoint();
        String full = System.getProperty(FULL);
        if (full != null) {
            print(endpoint, List.of(full.split(" ", -1)));
            return;
        }
        try (IntakeShapes shapes = new IntakeShapes(endpoint, 10)) {
            shapes.run(300, 150);
            IntakeShapes.Comparison comparison = shapes.run(1_000, 100);
            System.out.println(comparison.before());
            System.out.println(comparison.present());

            assertThat(comparison.before().requestsAFix()).isEqualTo(2);
            assertThat(comparison.present().requestsAFix()).isLessThanOrEqualTo(1.1);
            assertThat(comparison.present().writeUnitsAFix()).isLessThanOrEqualTo(1.2);
            assertThat(comparison.before().writeUnitsAFix()).isGreaterThanOrEqualTo(6);
            assertThat(comparison.present().consumed().unitsBySize() / 1_000.0).isLessThanOrEqualTo(1.2);
            assertThat(comparison.present().consumed().readUnits()).isZero();
            assertThat(comparison.present().p95Millis())
                    .isLessThan(comparison.before().p95Millis());
        }
    }

    private static void print(String endpoint, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                IntakeShapes.class.getName(),
                endpoint));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(output);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
