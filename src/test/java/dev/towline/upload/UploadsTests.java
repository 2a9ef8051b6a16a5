package dev.towline.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.problem.NotFound;
import dev.towline.store.Entity;
import dev.towline.store.InMemoryStore;
import dev.towline.store.Revision;
import dev.towline.viewer.Tenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class UploadsTests {

    private static final Tenant ACME = new Tenant("acme");

    private final List<Entity> written = new ArrayList<>();
    private final InMemoryStore store =
            new InMemoryStore(applied -> applied.changes().forEach(change -> written.add(change.value())));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
    private final Uploads uploads = new Uploads(
            store,
            new UploadSettings(DataSize.ofMegabytes(2), 5, DataSize.ofMegabytes(1), Duration.ofMinutes(1), 1),
            now::get);

    @Test
    void givesBackWhatItWasGivenOverAllParts() throws IOException {
        // random letters hardly get smaller, so the parts are as large as they can be
        String text = new Random(7)
                .ints(3 * PartWriter.PART_BYTES / 2, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        Upload upload = receive("id\n" + text).upload();

        assertThat(upload.parts()).hasSize(2);
        assertThat(upload.rows()).isEqualTo(1);
        assertThat(upload.bytes()).isEqualTo(text.length() + 3);
        try (Rows rows = uploads.rows(upload)) {
            assertThat(rows.next()).isEqualTo(Line.of(1, "id"));
            assertThat(rows.next()).isEqualTo(Line.of(2, text));
            assertThat(rows.next()).isNull();
        }
    }

    @Test
    void knowsAFileAgainAndStoresNoPartTwice() throws IOException {
        Uploads.Received first = receive("id\n1");
        assertThat(first.isKnown()).isFalse();
        assertThat(first.newParts()).isEqualTo(1);

        Uploads.Received second = receive("id\n1");
        assertThat(second.isKnown()).isTrue();
        assertThat(second.newParts()).isZero();
        assertThat(second.upload().id())
                .isEqualTo(first.upload().id())
                .isEqualTo("csv-605096a310e4908def91488e2d873d6bd9f4a9930bcb42eeac08d6f0ccf3ba0e");
        assertThat(parts()).hasSize(1);
    }

    @Test
    void keepsTenantsApart() throws IOException {
        Upload upload = receive("id\n1").upload();
        assertThatExceptionOfType(NotFound.class)
                .isThrownBy(() -> uploads.require("input.uploadId", new Tenant("other"), upload.id()))
                .satisfies(refused -> assertThat(refused.argument()).isEqualTo("input.uploadId"));
    }

    @Test
    void aPartThatArrivesAgainIsKeptAsLongAsItsFile() throws IOException {
        receive("id\n1");
        now.updateAndGet(before -> before.plus(Duration.ofDays(3)));
        receive("id\n1");
        assertThat(parts()).last().satisfies(part -> assertThat(part.storedAt()).isEqualTo(now.get()));
        assertThat(parts()).hasSize(2);
    }

    @Test
    void refusesMoreRowsThanAllowed() throws IOException {
        assertThat(receive("id\n1\n2\n3\n4\n5\n").upload().rows()).isEqualTo(5);
        assertThatExceptionOfType(UploadTooLarge.class)
                .isThrownBy(() -> receive("id\n1\n2\n3\n4\n5\n6"))
                .satisfies(large -> assertThat(large.limit().name()).isEqualTo("uploadRows"));
    }

    @Test
    void refusesMoreBytesThanAllowed() {
        assertThatExceptionOfType(UploadTooLarge.class)
                .isThrownBy(() -> receive("x".repeat(2 * 1024 * 1024 + 1)))
                .satisfies(large -> assertThat(large.limit().name()).isEqualTo("uploadBytes"));
    }

    @Test
    void saysWhenAPartIsGone() {
        Upload upload = new Upload(
                new Upload.Key(ACME, "csv-1"), Revision.first(), RowFormat.CSV, 1, 1, List.of("none"), now.get());
        assertThatExceptionOfType(UploadGone.class).isThrownBy(() -> {
            try (Rows rows = uploads.rows(upload)) {
                rows.next();
            }
        });
    }

    private Uploads.Received receive(String text) throws IOException {
        return uploads.receive(ACME, RowFormat.CSV, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<UploadPart> parts() {
        return written.stream()
                .filter(UploadPart.class::isInstance)
                .map(UploadPart.class::cast)
                .toList();
    }
}
