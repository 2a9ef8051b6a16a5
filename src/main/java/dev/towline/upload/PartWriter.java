package dev.towline.upload;

import dev.towline.problem.Limit;
import dev.towline.store.Revision;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import dev.towline.viewer.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.springframework.util.unit.DataSize;

/**
 * Stores the bytes that are read of a file in parts. A part has the same bytes whenever the same file is sent, so its hash says whether it is
 * stored. Blocking, for one thread.
 */
final class PartWriter {

    /** The bytes of a part before it is compressed. DynamoDB allows items of 400 KB, and not everything can be compressed. */
    static final int PART_BYTES = 256 * 1024;

    /** A part that is as old as this gets a new time, because a file may need it for all of its own. */
    private static final Duration RENEWED_AFTER = Duration.ofDays(1);

    private final Store store;
    private final Tenant tenant;
    private final DataSize maxSize;
    private final InstantSource clock;
    private final MessageDigest whole = sha256();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES);
    private final List<String> ids = new ArrayList<>();
    private int newParts;
    private long bytes;

    PartWriter(Store store, Tenant tenant, DataSize maxSize, InstantSource clock) {
        this.store = store;
        this.tenant = tenant;
        this.maxSize = maxSize;
        this.clock = clock;
    }

    /** What was stored of a file. */
    record Written(Tenant tenant, String sha256, int bytes, List<String> parts, int newParts) {

        Upload upload(RowFormat format, int rows, Instant now) {
            Upload.Key key = new Upload.Key(tenant, format.label() + '-' + sha256);
            return new Upload(key, Revision.first(), format, bytes, rows, parts, now);
        }
    }

    /** The same stream, of which everything is stored that somebody reads. */
    InputStream copying(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                int count = super.read(to, offset, length);
                if (count > 0) {
                    add(to, offset, count);
                }
                return count;
            }

            @Override
            public long skip(long count) {
                return 0; // what is skipped would not be stored
            }
        };
    }

    /** Stores the rest. */
    Written finish() throws IOException {
        if (part.size() > 0) {
            storePart();
        }
        return new Written(tenant, hex(whole), Math.toIntExact(bytes), ids, newParts);
    }

    static UploadTooLarge tooLarge(String name, long most, String unit) {
        return new UploadTooLarge(new Limit(name, most), "The file must have at most " + most + " " + unit + ".");
    }

    private void add(byte[] from, int offset, int count) throws IOException {
        bytes += count;
        if (bytes > maxSize.toBytes()) {
            throw tooLarge("uploadBytes", maxSize.toBytes(), "bytes");
        }
        whole.update(from, offset, count);
        int begin = offset;
        int end = offset + count;
        while (begin < end) {
            int some = Math.min(end - begin, PART_BYTES - part.size());
            part.write(from, begin, some);
            begin += some;
            if (part.size() == PART_BYTES) {
                storePart();
            }
        }
    }

    private void storePart() throws IOException {
        byte[] plain = part.toByteArray();
        part.reset();
        MessageDigest digest = sha256();
        digest.update(plain);
        String id = hex(digest);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        UploadPart.Key key = new UploadPart.Key(tenant, id);
        keep(new UploadPart(key, Revision.first(), ByteBuffer.wrap(gzip.toByteArray()), clock.instant()));
        ids.add(id);
    }

    private void keep(UploadPart created) {
        try {
            store.write(new Write<>(UploadPart.TABLE, created));
            newParts++;
        } catch (WriteConflict stored) {
            store.retryingConflicts(() -> {
                UploadPart before = store.getConsistently(UploadPart.TABLE, created.key());
                if (before == null) {
                    store.write(new Write<>(UploadPart.TABLE, created)); // it has just expired
                } else if (before.storedAt().plus(RENEWED_AFTER).isBefore(created.storedAt())) {
                    store.write(new Write<>(UploadPart.TABLE, before.renewed(created.storedAt())));
                }
                return created;
            });
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
