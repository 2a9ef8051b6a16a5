package dev.towline.change;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Starts the bus before the web server, and stops it after the last request was answered and before Redis is disconnected. */
final class BusLifecycle implements SmartLifecycle {

    private final Bus bus;

    BusLifecycle(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void start() {
        bus.start();
    }

    @Override
    public void stop() {
        bus.stop();
    }

    @Override
    public boolean isRunning() {
        return bus.isRunning();
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
    }
}
