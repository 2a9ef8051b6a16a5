package dev.towline.edge.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The event streams that are open; cuts them when the service ends, which would otherwise wait for each. Thread-safe. */
@Component
class EventStreams {

    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Runs the stream's writing. Blocks as long as that does. */
    void during(EventStream stream, Runnable writing) {
        open.add(stream);
        try {
            if (closed) {
                stream.cut();
            }
            writing.run();
        } finally {
            open.remove(stream);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void cutAll() {
        closed = true;
        open.forEach(EventStream::cut);
    }
}
