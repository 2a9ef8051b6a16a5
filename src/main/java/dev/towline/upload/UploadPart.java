package dev.towline.upload;

import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Revision;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * A part of files, which all files that have it share.
 *
 * @param key the key; the id is the SHA-256 of the part before it was compressed
 * @param revision the version and the last write ids
 * @param gzip the compressed content
 * @param storedAt the time from which it is kept for {@link Upload#RETENTION}
 */
record UploadPart(Key key, Revision revision, ByteBuffer gzip, Instant storedAt) implements Entity {

    /** Sorted although there is one row for each id: rows of sorted tables are in no cache, and are not sent to other instances. */
    static final Table<UploadPart> TABLE =
            new Table<>("upload-parts", "upload-part", true, new Codec(), List.of(), UploadPart::forgottenAt);

    record Key(Tenant tenant, String id) implements EntityKey {

        private static final String SORT = "gzip";

        @Override
        public String entity() {
            return TABLE.entity();
        }

        @Override
        public String sort() {
            return SORT;
        }
    }

    /** The next state, which is kept from now on. */
    UploadPart renewed(Instant now) {
        return new UploadPart(key, revision.next(), gzip, now);
    }

    private Instant forgottenAt() {
        return storedAt.plus(Upload.RETENTION);
    }

    private static final class Codec implements ItemCodec<UploadPart> {

        @Override
        public void write(UploadPart part, ItemWriter item) {
            byte[] bytes = new byte[part.gzip.remaining()];
            part.gzip.duplicate().get(bytes);
            item.binary("gzip", bytes).instant("storedAt", part.storedAt);
        }

        @Override
        public UploadPart read(ItemReader item) {
            return new UploadPart(
                    new Key(item.tenant(), item.id()), item.revision(), item.binary("gzip"), item.instant("storedAt"));
        }
    }
}
