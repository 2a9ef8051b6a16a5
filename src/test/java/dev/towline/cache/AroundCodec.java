package dev.towline.cache;

import dev.towline.store.ComputedValue;
import dev.towline.store.ComputedValueCodec;
import dev.towline.store.EntityBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shared format of {@link Around}. */
final class AroundCodec implements ComputedValueCodec {

    static final String FIELD = "Query.around";

    private final EntityBytes trucks;

    /** Whether values that are computed here are up to date. */
    boolean isReady = true;

    /** Whether it encodes values that cannot be decoded. */
    boolean isGarbling;

    AroundCodec(EntityBytes trucks) {
        this.trucks = trucks;
    }

    @Override
    public Class<Around> type() {
        return Around.class;
    }

    @Override
    public int layout() {
        return 1;
    }

    @Override
    public boolean isReady() {
        return isReady;
    }

    @Override
    public String entity() {
        return "truck";
    }

    @Override
    public Collection<Truck> entities(ComputedValue value) {
        return ((Around) value).trucks();
    }

    @Override
    public byte[] encode(ComputedValue value) {
        if (isGarbling) {
            return new byte[] {1, 2, 3};
        }
        ByteBuffer out = ByteBuffer.allocate(10_000);
        for (Truck truck : entities(value)) {
            byte[] bytes = trucks.encode(truck);
            out.putInt(bytes.length).put(bytes);
        }
        byte[] whole = new byte[out.flip().remaining()];
        out.get(whole);
        return whole;
    }

    @Override
    public @Nullable ComputedValue decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Truck> found = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] truck = new byte[in.getInt()];
            in.get(truck);
            found.add((Truck) trucks.decode(truck).orElseThrow());
        }
        return new Around(found, Around.AREA, true);
    }
}
