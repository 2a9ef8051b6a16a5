package dev.towline.cache.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.cache.LookupListener;
import dev.towline.store.VersionFloors;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import graphql.ExecutionInput;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Mono;

class CacheInterceptorTests {

    private final CacheInterceptor interceptor =
            new CacheInterceptor(new VersionFloors(Duration.ofMinutes(10), InstantSource.system()), Set.of("vendor"));

    @Test
    void collectsNoReportForARequestWithoutAViewer() {
        assertThat(input(Map.of()).getGraphQLContext().hasKey(LookupListener.class))
                .isFalse();
        assertThat(input(Map.of("viewer", new Viewer(Role.DISPATCHER, "d", new Tenant("acme"))))
                        .getGraphQLContext()
                        .hasKey(LookupListener.class))
                .isTrue();
    }

    private ExecutionInput input(Map<String, Object> context) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("X-Towline-Cache-Report", "1");
        WebGraphQlRequest request = new WebGraphQlRequest(
                URI.create("/graphql"),
                headers,
                new LinkedMultiValueMap<>(),
                null,
                Map.of(),
                Map.of("query", "{ it }"),
                "1",
                Locale.ROOT);
        request.configureExecutionInput(
                (_, builder) -> builder.graphQLContext(context).build());
        interceptor.intercept(request, _ -> Mono.empty()).block();
        return request.toExecutionInput();
    }
}
