package dev.towline.demo;

import dev.towline.demo.city.City;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/** Keeps a {@link Fleet} going in a thread of its own while the service accepts requests. Thread-safe. */
final class DemoFleet implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DemoFleet.class);

    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(30);

    private final Environment environment;
    private final InstantSource clock;
    private final DemoSettings settings;
    private @Nullable Run run;

    DemoFleet(Environment environment, InstantSource clock, DemoSettings settings) {
        this.environment = environment;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        int port = environment.getRequiredProperty("local.server.port", Integer.class);
        run = new Run(URI.create("http://127.0.0.1:%d/graphql".formatted(port)));
        Thread.ofVirtual().name("demo-fleet").start(run);
    }

    @Override
    public synchronized void stop() {
        if (run != null) {
            run.end();
            run = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return run != null;
    }

    /** After the web server has started, and before it begins to end. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    private final class Run implements Runnable {

        private final CountDownLatch ended = new CountDownLatch(1);
        private final GraphQlClient client;

        Run(URI endpoint) {
            client = new GraphQlClient(endpoint);
        }

        void end() {
            ended.countDown();
            client.close();
        }

        @Override
        public void run() {
            Fleet fleet = new Fleet(new HttpApi(client), City.austin(), clock, settings);
            try {
                Instant next = clock.instant();
                while (!ended.await(clock.instant().until(next).toMillis(), TimeUnit.MILLISECONDS)) {
                    next = tick(fleet);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Instant tick(Fleet fleet) {
            try {
                return fleet.tick();
            } catch (RuntimeException e) {
                if (ended.getCount() > 0) {
                    LOG.error("Demo fleet: a fault; it goes on", e);
                }
                return clock.instant().plus(AFTER_A_FAULT);
            }
        }
    }
}
