package dev.towline.scenarios;

import dev.towline.Towline;
import dev.towline.local.OnEmbeddedStack;
import dev.towline.problem.Unauthenticated;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.ViewerSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.test.tester.WebGraphQlTester;

/** Who sees what is decided by the source of viewers, whichever it is: here one of keys. */
@SpringBootTest(classes = {Towline.class, OwnViewersScenarios.Keys.class})
@OnEmbeddedStack
class OwnViewersScenarios {

    private static final String REPORT =
            "mutation { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 2}}) { id } }";

    @Autowired
    private WebGraphQlHandler handler;

    /** A custom {@code ViewerSource}: an API key determines the tenant. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Keys {

        @Bean
        @Order(0)
        ViewerSource keys() {
            return credentials -> {
                String key = credentials.get("X-Key");
                if (key == null) {
                    throw new Unauthenticated();
                }
                return Authentication.forever(new Viewer(Role.CALLER, "somebody", new Tenant(key)));
            };
        }
    }

    @Test
    void showsEachViewerTheirOwnTenant() {
        String incident = having("red")
                .document(REPORT)
                .execute()
                .path("createIncident.id")
                .entity(String.class)
                .get();
        String ask = "{ getIncident(id: \"%s\") { id } listIncidents { edges { cursor } } }".formatted(incident);

        having("red")
                .document(ask)
                .execute()
                .path("getIncident.id")
                .entity(String.class)
                .isEqualTo(incident)
                .path("listIncidents.edges")
                .entityList(Object.class)
                .hasSize(1);
        having("blue")
                .document(ask)
                .execute()
                .path("getIncident")
                .valueIsNull()
                .path("listIncidents.edges")
                .entityList(Object.class)
                .hasSize(0);
    }

    @Test
    void refusesThoseWhomItDoesNotKnow() {
        WebGraphQlTester.builder(handler)
                .header("X-Towline-Local-Tenant", "red")
                .build()
                .document(REPORT)
                .execute()
                .errors()
                .expect(error -> "UNAUTHENTICATED".equals(error.getExtensions().get("code")));
    }

    private WebGraphQlTester having(String key) {
        return WebGraphQlTester.builder(handler).header("X-Key", key).build();
    }
}
