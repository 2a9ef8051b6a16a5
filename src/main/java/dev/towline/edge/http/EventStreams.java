package dev.towline.edge.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The open event streams. It cuts them at shutdown, because the service would otherwise wait for their ends. Thread-safe. */
@Component
class EventStreams {

    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Registers a stream while it is written. Blocks as long as writing does. */
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
