package dev.towline.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.live.LiveSettings;
import dev.towline.share.KnownLinks.Known;
import dev.towline.store.ChangeEvent;
import dev.towline.store.InMemoryStore;
import dev.towline.store.Revision;
import dev.towline.store.Write;
import dev.towline.tracking.SessionsForSharing;
import dev.towline.viewer.Tenant;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What an instance knows of share links, in time that the test moves. */
class ShareLinkTests {

    private static final Tenant ACME = new Tenant("acme");
    private static final Instant START = Instant.parse("2026-03-21T14:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicBoolean isProven = new AtomicBoolean(true);
    private final AtomicBoolean isAnnounced = new AtomicBoolean(true);
    private final AtomicReference<Runnable> onRead = new AtomicReference<>(() -> {});
    private final InMemoryStore store =
            new InMemoryStore(this::announce, () -> onRead.get().run());
    private final KnownLinks known = new KnownLinks(store, isProven::get, LiveSettings.defaults(), this::now);
    private final OpenLinks open = new OpenLinks(store, isProven::get, LiveSettings.defaults(), this::now);
    private final SessionsForSharing sessions = new SessionsForSharing(store, ACME, START);
    private final ShareLink link = new ShareLink(
            new ShareLinkKey(ACME, UUID.randomUUID().toString()),
            Revision.first(),
            sessions.id(),
            new Secret("secret").hash(),
            "d",
            START.plusSeconds(3600),
            null);
    private volatile Instant now = START;

    ShareLinkTests() {
        store.write(new Write<>(ShareLinks.TABLE, link));
    }

    private Instant now() {
        return now;
    }

    private void announce(ChangeEvent.Applied applied) {
        if (isAnnounced.get()) {
            known.pass(applied);
            open.pass(applied);
        }
    }

    @Test
    void anAnnouncedRevocationIsKnownAtOnce() {
        assertThat(isValid()).isTrue();
        revoke();
        assertThat(isValid()).isFalse();
    }

    @Test
    void aRevocationWhileTheLinkIsReadIsKnownToTheNextRequest() {
        onRead.set(() -> {
            onRead.set(() -> {});
            revoke();
        });
        assertThat(isValid()).as("of the request that came before").isTrue();
        assertThat(isValid()).isFalse();
    }

    @Test
    void withoutMessagesALinkIsReadAgainAfterASecond() {
        assertThat(isValid()).isTrue();
        isProven.set(false);
        isAnnounced.set(false);
        revoke();
        now = START.plusMillis(1_001);
        assertThat(isValid()).isFalse();
    }

    @Test
    void endsAtItsExpiry() {
        now = START.plusSeconds(3600).minusMillis(1);
        assertThat(isValid()).isTrue();
        now = START.plusSeconds(3600);
        assertThat(isValid()).isFalse();
    }

    @Test
    void endsFiveMinutesAfterTheSession() {
        sessions.end(START.plusSeconds(60));
        now = START.plusSeconds(359);
        assertThat(isValid()).isTrue();
        now = START.plusSeconds(360);
        assertThat(isValid()).isFalse();
    }

    @Test
    void aConnectionEndsWithAnAnnouncedRevocation() {
        var end = end();
        revoke();
        end.block(PATIENCE);
    }

    /** The writer was killed before it told of it. */
    @Test
    void aConnectionEndsWithARevocationThatNobodyAnnounced() {
        var end = end();
        isAnnounced.set(false);
        revoke();
        isProven.set(false);
        open.tick();
        end.block(PATIENCE);
    }

    @Test
    void aConnectionEndsFiveMinutesAfterTheSession() {
        var end = end();
        now = START.plusSeconds(400);
        sessions.end(START.plusSeconds(60));
        end.block(PATIENCE);
    }

    @Test
    void aConnectionGoesOnWhileNothingOfThisHappens() {
        var end = end();
        isProven.set(false);
        open.tick();
        sessions.move();
        assertThatThrownBy(() -> end.block(Duration.ofMillis(300))).hasMessageContaining("Timeout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "acme.b7a2a1e0-0000-4000-8000-000000000000",
                "acme.b7a2a1e0-0000-4000-8000-000000000000.short",
                "a cme.b7a2a1e0-0000-4000-8000-000000000000.0123456789012345678901234567890123456789012",
                "acme.B7A2A1E0-0000-4000-8000-000000000000.0123456789012345678901234567890123456789012",
                "acme.b7a2a1e0-0000-4000-8000-000000000000.0123456789012345678901234567890123456789012."
            })
    void aTextOfAnotherFormIsOfNoLink(String text) {
        assertThat(ShareText.parse(text)).isNull();
    }

    @Test
    void aTextIsRead() {
        ShareText text = new ShareText(link.key(), Secret.random());
        assertThat(ShareText.parse(text.reveal())).isEqualTo(text);
        assertThat(text.toString()).as("in a log").doesNotContain(text.secret().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a", "/track", "https://a?x=1", "https://a#x", "https://user@a", "mailto:a@b", "https:///x"
            })
    void anAddressThatNoBrowserOpensStopsTheStart(String baseUrl) {
        assertThatThrownBy(() -> new ShareSettings(URI.create(baseUrl)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("towline.share.base-url: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://track.example", "https://track.example/"})
    void aLinkLeadsToTheConfiguredSite(String baseUrl) {
        ShareText text = new ShareText(link.key(), new Secret("s"));
        assertThat(new ShareSettings(URI.create(baseUrl)).url(text, "http://proxy:8080"))
                .isEqualTo("https://track.example/track#acme." + link.key().id() + ".s");
    }

    private boolean isValid() {
        @Nullable Known found = known.find(link.key());
        return found != null && found.isValid(now);
    }

    /** The end of an open connection, which is being waited for. */
    private Mono<Void> end() {
        Mono<Void> end =
                open.end(Objects.requireNonNull(known.find(link.key()))).cache();
        end.subscribe();
        return end;
    }

    private void revoke() {
        store.write(new Write<>(ShareLinks.TABLE, link.revoked(now)));
    }
}
