package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class TablesNotReadyAnalyzerTests {

    @Test
    void makesAPageThatSaysWhatIsMissingAndWhatToDo() {
        var failure = new IllegalStateException(
                "no store", new TablesNotReady("AWS", List.of("no table a", "no table b"), "Create them.", null));

        var page = Objects.requireNonNull(new TablesNotReadyAnalyzer().analyze(failure));

        assertThat(page.getDescription()).contains("AWS").contains("no table a").contains("no table b");
        assertThat(page.getAction()).isEqualTo("Create them.");
    }

    @Test
    void isFoundAtStart() {
        // others want a bean factory, which is not here
        var ignoringOthers = FailureHandler.handleMessage((_, _) -> {});

        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, ignoringOthers))
                .hasAtLeastOneElementOfType(TablesNotReadyAnalyzer.class);
    }
}
