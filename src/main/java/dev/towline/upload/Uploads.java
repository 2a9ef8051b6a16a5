package dev.towline.upload;

import dev.towline.problem.NotFound;
import dev.towline.problem.Require;
import dev.towline.problem.Unavailable;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.viewer.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stored files. Blocking, thread-safe. */
@Component
public final class Uploads {

    private final Store store;
    private final UploadSettings settings;
    private final InstantSource clock;
    private final Semaphore places;

    Uploads(Store store, UploadSettings settings, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.atOnce());
    }

    /**
     * A file that has arrived.
     *
     * @param isKnown whether it had arrived before
     * @param newParts the number of its parts that were not stored yet
     */
    public record Received(Upload upload, boolean isKnown, int newParts) {}

    /**
     * Stores a file while it arrives. It never holds more than a part and a row of it. Parts that are stored already are not stored again, so a
     * file whose transfer broke off costs only the rest.
     *
     * @param content the file, not compressed
     * @throws IOException if the content cannot be read
     * @throws UploadTooLarge if it exceeds a limit
     * @throws Unavailable if this instance receives too many files, or the database does not answer
     */
    public Received receive(Tenant tenant, RowFormat format, InputStream content) throws IOException {
        if (!places.tryAcquire()) {
            throw new Unavailable("The service receives too many files. Try again.", null);
        }
        try {
            return received(tenant, format, content);
        } catch (UncheckedIOException unread) {
            throw unread.getCause();
        } finally {
            places.release();
        }
    }

    private Received received(Tenant tenant, RowFormat format, InputStream content) throws IOException {
        PartWriter parts = new PartWriter(store, tenant, settings.maxSize(), clock);
        int rows = format == RowFormat.CSV ? -1 : 0;
        try (Rows all = rows(format, parts.copying(content))) {
            while (all.next() != null) {
                rows++;
                if (rows > settings.maxRows()) {
                    throw PartWriter.tooLarge("uploadRows", settings.maxRows(), "rows");
                }
            }
        }
        PartWriter.Written written = parts.finish();
        Upload upload = written.upload(format, Math.max(0, rows), clock.instant());
        return new Received(upload, keep(upload), written.newParts());
    }

    /** Stores that all parts are there. Returns whether it was stored before. */
    private boolean keep(Upload upload) {
        return store.retryingConflicts(() -> {
            Upload before = store.getConsistently(Upload.TABLE, upload.key());
            store.write(new Write<>(Upload.TABLE, before == null ? upload : before.renewed(upload)));
            return before != null;
        });
    }

    /**
     * Finds a file.
     *
     * @param argument the path of the argument with the id
     * @throws NotFound if there is none
     */
    public Upload require(String argument, Tenant tenant, String id) {
        Upload upload = find(tenant, Require.id(argument, id));
        if (upload == null) {
            throw new NotFound(argument, "an upload");
        }
        return upload;
    }

    /** Finds a file, null if there is none. */
    public @Nullable Upload find(Tenant tenant, String id) {
        return store.getConsistently(Upload.TABLE, new Upload.Key(tenant, id));
    }

    /** The rows of a file, read part by part as they are needed. */
    public Rows rows(Upload upload) {
        return rows(
                upload.format(),
                new PartReader(
                        upload.parts(),
                        id -> part(new UploadPart.Key(upload.key().tenant(), id))));
    }

    private Rows rows(RowFormat format, InputStream in) {
        return new Rows(format, in, Math.toIntExact(settings.maxRow().toBytes()));
    }

    private InputStream part(UploadPart.Key key) {
        UploadPart part = store.getConsistently(UploadPart.TABLE, key);
        if (part == null) {
            throw new UploadGone();
        }
        byte[] bytes = new byte[part.gzip().remaining()];
        part.gzip().duplicate().get(bytes);
        try {
            return new GZIPInputStream(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
