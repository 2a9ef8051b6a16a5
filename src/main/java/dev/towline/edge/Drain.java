package dev.towline.edge;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Ends the open connections when the service stops. Before, Spring Boot has made the service unready, and load balancers had time to notice.
 * At the same time Spring Boot stops accepting connections and waits for the requests in flight. {@code
 * spring.lifecycle.timeout-per-shutdown-phase} limits both.
 */
@Component
final class Drain implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final List<Transport> transports;
    private final DrainSettings settings;
    private volatile boolean running;

    Drain(List<Transport> transports, DrainSettings settings) {
        this.transports = transports;
        this.settings = settings;
    }

    /** Blocks while load balancers notice that the service is not ready. It runs before anything else stops. */
    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void awaitBalancers() {
        if (!running) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(settings.delay().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        CompletableFuture<?>[] drains =
                transports.stream().map(Transport::drain).toArray(CompletableFuture<?>[]::new);
        var _ = CompletableFuture.allOf(drains).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.error("could not end all connections", failure);
            }
            callback.run();
        });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Connections that were ended do not come back, so this cannot be started again. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
