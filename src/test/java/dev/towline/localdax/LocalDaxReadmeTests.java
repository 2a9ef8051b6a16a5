package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDaxReadmeTests {

    private static final Path README = Path.of("src/test/java/dev/towline/localdax/README.md");

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final String IMPORTS = """
        import dev.towline.localdax.*;
        import java.io.IOException;
        import java.net.URI;
        import java.time.Duration;
        import org.junit.jupiter.api.*;
        import software.amazon.awssdk.auth.credentials.*;
        import software.amazon.awssdk.regions.Region;
        import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
        import software.amazon.dax.*;
        """;

    @Test
    void theExampleCompiles(@TempDir Path classes) throws IOException {
        List<String> examples = JAVA.matcher(Files.readString(README))
                .results()
                .map(each -> IMPORTS + each.group(1))
                .toList();
        assertThat(examples).hasSize(1);
        assertThat(errorsIn(examples.getFirst(), classes)).isEmpty();
    }

    private static String errorsIn(String code, Path classes) {
        StringWriter errors = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        errors,
                        null,
                        null,
                        List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(new Source(code)))
                .call();
        return compiled ? "" : errors.toString();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String code) {
            super(URI.create("string:///CachedReadsIT.java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
