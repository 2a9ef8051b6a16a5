package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import graphql.execution.instrumentation.Instrumentation;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperationChainTests {

    private static final Set<String> NOT_ASKED = Arrays.stream(OperationChain.class.getDeclaredMethods())
            .map(Method::getName)
            .filter(name -> name.startsWith("begin"))
            .collect(Collectors.toSet());

    /** An instrumentation with one of these methods would never be asked. */
    @Test
    void noInstrumentationHasAMethodThatIsNotAsked() {
        List<? extends Class<?>> instrumentations = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.towline").stream()
                        .map(JavaClass::reflect)
                        .filter(type -> Instrumentation.class.isAssignableFrom(type) && type != OperationChain.class)
                        .toList();

        assertThat(NOT_ASKED).contains("beginFieldExecution", "beginFieldFetching", "beginFieldCompletion");
        assertThat(instrumentations).hasSizeGreaterThan(3);
        assertThat(instrumentations.stream().flatMap(OperationChainTests::methods))
                .doesNotContainAnyElementsOf(NOT_ASKED);
    }

    private static Stream<String> methods(Class<?> type) {
        return Stream.<Class<?>>iterate(
                        type, each -> each != SimplePerformantInstrumentation.class, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .map(Method::getName);
    }
}
