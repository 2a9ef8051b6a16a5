package dev.towline.edge.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ByteArrayResource;

class StaticFileTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/index-B1gTqf0w.js",
                "/graphiql/assets/editor.worker-a-c_4fgh.js",
                "/graphiql/assets/codicon-DCmgc-ay.ttf",
                "/assets/index-B1gTqf0w.js.map"
            })
    void recognisesANameWithAHash(String path) {
        assertThat(caching(path)).isEqualTo("max-age=31536000, public, immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/index.html",
                "/assets/my-document.html",
                "/assets/logo.svg",
                "/index-B1gTqf0w.js",
                "/assets/index-B1gTqf0.js",
                "/assets/index-B1gTqf0wX",
                "/assets/B1gTqf0w.js"
            })
    void recognisesNoOtherName(String path) {
        assertThat(caching(path)).isEqualTo("no-cache");
    }

    private static String caching(String path) {
        return String.valueOf(StaticFile.of(path, new ByteArrayResource(new byte[0]), Map.of())
                .caching()
                .getHeaderValue());
    }
}
