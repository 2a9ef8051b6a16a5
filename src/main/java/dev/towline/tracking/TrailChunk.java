package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Revision;
import dev.towline.store.SortKey;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fixes that moved from the tail of a session to its trail together. There are two kinds of chunks. One has numbered fixes, whose times
 * increase from chunk to chunk; its sort key is the time of its last fix. The other has LATE fixes, of any time; its sort key begins with
 * {@link #LATE}.
 *
 * @param key the key
 * @param revision always the first
 * @param before the last fix of the trail before numbered entries, null if there is none
 * @param entries the fixes, at least one
 */
record TrailChunk(Key key, Revision revision, @Nullable TrackedLocation before, List<TailEntry> entries)
        implements Entity {

    static final Duration RETENTION = Duration.ofDays(30);

    /** The beginning of the sort keys of chunks with LATE fixes, which sort after all times. */
    static final String LATE = "late#";

    static final Table<TrailChunk> TABLE =
            new Table<>("trail-chunks", "trail", true, new Codec(), List.of(), TrailChunk::expiresAt);

    TrailChunk {
        entries = List.copyOf(entries);
    }

    /**
     * The chunks of entries that move to the trail.
     *
     * @param lateSort the part of the sort key of LATE ones that makes it unique
     * @param before the last numbered fix of the trail before them, null if there is none
     */
    static List<TrailChunk> of(
            SessionKey session, String lateSort, @Nullable TrackedLocation before, List<TailEntry> moved) {
        List<TailEntry> numbered = new ArrayList<>();
        List<TailEntry> late = new ArrayList<>();
        moved.forEach(entry -> (entry.sequence() == null ? late : numbered).add(entry));
        List<TrailChunk> chunks = new ArrayList<>(2);
        if (!numbered.isEmpty()) {
            chunks.add(chunk(session, SortKey.of(numbered.getLast().recordedAt()), before, numbered));
        }
        if (!late.isEmpty()) {
            chunks.add(chunk(session, LATE + lateSort, null, late));
        }
        return chunks;
    }

    /** The chunks of entries that the next write of a session moves; its tail still has them. */
    static List<TrailChunk> of(TrackingSession next, List<TailEntry> moved) {
        return of(next.key(), "%010d".formatted(next.version()), next.tail().base(), moved);
    }

    private static TrailChunk chunk(
            SessionKey session, String sort, @Nullable TrackedLocation before, List<TailEntry> entries) {
        return new TrailChunk(new Key(session.tenant(), session.id(), sort), Revision.first(), before, entries);
    }

    /** The fix before the entries, if there is one, and the entries. */
    List<TailEntry> withBefore() {
        return Stream.concat(Stream.ofNullable(before).map(TailEntry.Stored::new), entries.stream())
                .toList();
    }

    /** The sort key in the trail. */
    String sort() {
        return key.sort();
    }

    private Instant expiresAt() {
        return entries.stream()
                .map(entry -> entry instanceof TailEntry.Stored(TrackedLocation location)
                        ? location.receivedAt()
                        : entry.recordedAt())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(RETENTION);
    }

    /**
     * The key of a chunk.
     *
     * @param id the id of the session
     */
    record Key(Tenant tenant, String id, String sort) implements EntityKey {

        @Override
        public String entity() {
            return TABLE.entity();
        }
    }

    private static final class Codec implements ItemCodec<TrailChunk> {

        private static final String FIXES = "fixes";

        /** The version of this format. */
        private static final int LAYOUT = 1;

        @Override
        public void write(TrailChunk chunk, ItemWriter item) {
            PackedWriter out = new PackedWriter().octet(LAYOUT).octet(chunk.before == null ? 0 : 1);
            PackedFixes fixes = new PackedFixes(Instant.EPOCH, new GeoPoint(0, 0));
            if (chunk.before != null) {
                fixes.write(out, chunk.before);
            }
            fixes.write(out, chunk.entries);
            item.binary(FIXES, out.toByteArray());
        }

        @Override
        public TrailChunk read(ItemReader item) {
            PackedReader in = new PackedReader(item.binary(FIXES));
            int layout = in.octet();
            if (layout != LAYOUT) {
                throw new IllegalStateException(
                        "a trail has the layout " + layout + ", which this version does not support");
            }
            PackedFixes fixes = new PackedFixes(Instant.EPOCH, new GeoPoint(0, 0));
            TrackedLocation before = in.octet() == 0 ? null : fixes.read(in);
            return new TrailChunk(
                    new Key(item.tenant(), item.id(), sort(item)), item.revision(), before, fixes.readAll(in));
        }

        private static String sort(ItemReader item) {
            String sort = item.sort();
            if (sort == null) {
                throw new IllegalStateException("a row of the trail of " + item.id() + " has no sort key");
            }
            return sort;
        }
    }
}
