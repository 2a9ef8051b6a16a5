package dev.towline.upload;

import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Revision;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A file that has arrived as a whole.
 *
 * @param key the key; the id is the format and the SHA-256 of the file, so the same file has the same id
 * @param revision the version and the last write ids
 * @param format how it has rows
 * @param bytes the number of its bytes, not compressed
 * @param rows the number of its rows, without the one that names the columns
 * @param parts the ids of its parts, in their order
 * @param storedAt the time at which it arrived last
 */
public record Upload(
        Key key, Revision revision, RowFormat format, int bytes, int rows, List<String> parts, Instant storedAt)
        implements Entity {

    /** How long a file is kept after it arrived last. */
    static final Duration RETENTION = Duration.ofDays(7);

    static final Table<Upload> TABLE =
            new Table<>("uploads", "upload", false, new Codec(), List.of(), Upload::forgottenAt);

    public Upload {
        parts = List.copyOf(parts);
    }

    /** The key of an upload. */
    public record Key(Tenant tenant, String id) implements EntityKey {

        @Override
        public String entity() {
            return TABLE.entity();
        }
    }

    /** The id, unique within the tenant. */
    public String id() {
        return key.id();
    }

    /** The next state, which has just arrived again. */
    Upload renewed(Upload again) {
        return new Upload(key, revision.next(), format, again.bytes, again.rows, again.parts, again.storedAt);
    }

    private Instant forgottenAt() {
        return storedAt.plus(RETENTION);
    }

    private static final class Codec implements ItemCodec<Upload> {

        @Override
        public void write(Upload upload, ItemWriter item) {
            item.constant("format", upload.format)
                    .integer("bytes", upload.bytes)
                    .integer("rows", upload.rows)
                    .strings("parts", upload.parts)
                    .instant("storedAt", upload.storedAt);
        }

        @Override
        public Upload read(ItemReader item) {
            return new Upload(
                    new Key(item.tenant(), item.id()),
                    item.revision(),
                    item.constant("format", RowFormat.class),
                    item.integer("bytes"),
                    item.integer("rows"),
                    item.strings("parts"),
                    item.instant("storedAt"));
        }
    }
}
