package dev.towline.change;

import dev.towline.store.ChangeEvent.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that records payloads as text and gaps by their reasons, and besides what it learns of publishers. */
final class Notes implements BusListener {

    private final List<String> noted = new CopyOnWriteArrayList<>();
    private final List<String> publishers = new CopyOnWriteArrayList<>();

    static byte[] payload(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void received(int shard, Frame.Header header, byte[] payload) {
        publishers.add(header.instance() + " sent " + header.sequence());
        noted.add(new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void missed(Reason reason) {
        publishers.add("missed");
        noted.add(reason.name());
    }

    @Override
    public void reached(long publisher, long number) {
        publishers.add(publisher + " reached " + number);
    }

    @Override
    public void left(long publisher) {
        publishers.add(publisher + " left");
    }

    @Override
    public void lost(long publisher) {
        publishers.add(publisher + " lost");
    }

    /** What is known of publishers since the last call, and the gaps between. */
    List<String> takePublishers() {
        List<String> taken = List.copyOf(publishers);
        publishers.clear();
        return taken;
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
