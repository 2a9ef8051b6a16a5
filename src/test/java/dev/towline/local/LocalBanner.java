package dev.towline.local;

import org.springframework.boot.context.event.ApplicationReadyEvent;

/** What somebody who has just started the service wants to know. */
final class LocalBanner {

    private LocalBanner() {}

    static void print(ApplicationReadyEvent ready) {
        var context = ready.getApplicationContext();
        System.out.println(text(
                context.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
                context.getBean(EmbeddedStack.class)));
    }

    static String text(int port, EmbeddedStack stack) {
        EmbeddedDax dax = stack.dax();
        return """

                Towline is ready. Try it in a browser:

                    http://localhost:%1$d/graphiql

                GraphQL     http://localhost:%1$d/graphql, subscriptions at ws://localhost:%1$d/graphql
                Tokens      POST http://localhost:%1$d/local/token
                Health      http://localhost:%1$d/actuator/health
                Metrics     http://localhost:%1$d/actuator/prometheus
                DynamoDB    %2$s
                DAX         %3$s
                Redis       redis://%4$s:%5$d
                Data        %6$s (kept; TOWLINE_LOCAL_FRESH=true empties it at the next start)
                Stop        Ctrl-C
            """.formatted(
                        port,
                        stack.dynamo().endpoint(),
                        dax == null ? "none" : dax.cluster().url(),
                        LoopbackPort.ADDRESS,
                        stack.redis().port(),
                        stack.dataFolder());
    }
}
