package dev.towline.change;

import dev.towline.store.ChangeEvent.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that records payloads as text and gaps by their reasons. */
final class Notes implements BusListener {

    private final List<String> noted = new CopyOnWriteArrayList<>();

    static byte[] payload(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void received(byte[] payload) {
        noted.add(new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void missed(Reason reason) {
        noted.add(reason.name());
    }

    List<String> all() {
        return List.copyOf(noted);
    }

    /** The events since the last call. */
    List<String> take() {
        List<String> taken = all();
        noted.clear();
        return taken;
    }
}
