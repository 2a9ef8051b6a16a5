package dev.towline.edge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SecurityHeadersTests {

    @Test
    void pagesLoadMapsFromTheOriginsOfTheSettingsAndNothingElse() throws ServletException, IOException {
        assertThat(policy(List.of("https://maps.example", "https://tiles.example"), List.of()))
                .contains("; connect-src 'self' https://maps.example https://tiles.example;")
                .contains("; img-src 'self' data: https://maps.example https://tiles.example;")
                .startsWith("default-src 'self';")
                .doesNotContain("script-src");
    }

    @Test
    void pagesGetTokensFromTheProviderAndShowNothingOfIt() throws ServletException, IOException {
        assertThat(policy(List.of(), List.of("https://id.example")))
                .contains("; connect-src 'self' https://id.example;")
                .containsOnlyOnce("id.example")
                .doesNotContain("frame-src");
    }

    @Test
    void everythingComesFromTheServiceByDefault() throws ServletException, IOException {
        assertThat(policy(List.of(), List.of()))
                .contains("; connect-src 'self';", "; img-src 'self' data:;")
                .doesNotContain("http");
    }

    private static String policy(List<String> mapSources, List<String> tokenSources)
            throws ServletException, IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        Objects.requireNonNull(
                        SecurityHeaders.registration(mapSources, tokenSources).getFilter())
                .doFilter(new MockHttpServletRequest(), response, new MockFilterChain());
        return Objects.requireNonNull(response.getHeader("Content-Security-Policy"));
    }
}
