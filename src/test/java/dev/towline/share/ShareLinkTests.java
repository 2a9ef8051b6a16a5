package dev.towline.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.live.LiveSettings;
import dev.towline.problem.Limit;
import dev.towline.problem.RateLimited;
import dev.towline.problem.Unavailable;
import dev.towline.share.KnownLinks.Known;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeFeed;
import dev.towline.store.InMemoryStore;
import dev.towline.store.PartlyProven;
import dev.towline.store.Revision;
import dev.towline.store.Write;
import dev.towline.tracking.SessionKey;
import dev.towline.tracking.SessionsForSharing;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Tenant;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What an instance knows of share links, in time that the test moves. */
class ShareLinkTests {

    private static final Tenant ACME = new Tenant("acme");
    private static final Secret SECRET = new Secret("x".repeat(43));
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
            SECRET.hash(),
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
    void theLimitOfCredentialsIsAskedForLinksThatAreNotKnownAndForWrongSecrets() {
        ShareLinkViewers viewers = new ShareLinkViewers(known, open, this::now);
        String text = new ShareText(link.key(), SECRET).reveal();
        AtomicInteger reads = new AtomicInteger();
        onRead.set(reads::incrementAndGet);

        assertThatThrownBy(() -> viewers.authenticate(exhausted(text))).isInstanceOf(RateLimited.class);
        assertThat(reads).as("reads for an unknown link").hasValue(0);
        assertThat(viewers.authenticate(presented(text, () -> {}))).isNotNull();
        assertThat(viewers.authenticate(exhausted(text))).as("a known link").isNotNull();
        String wrong = new ShareText(link.key(), new Secret("y".repeat(43))).reveal();
        assertThatThrownBy(() -> viewers.authenticate(exhausted(wrong))).isInstanceOf(RateLimited.class);
        assertThatThrownBy(() -> viewers.authenticate(exhausted("no link"))).isInstanceOf(RateLimited.class);
    }

    private static Credentials exhausted(String text) {
        return presented(text, () -> {
            throw RateLimited.tooFast(new Limit("credentials", 200), "too many", Duration.ofSeconds(1));
        });
    }

    private static Credentials presented(String text, Runnable beforeCheck) {
        Credentials.Values values = name -> name.equals("X-Towline-Share") ? text : null;
        return new Credentials(values, values, null, beforeCheck);
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
    void aLinkWhoseOwnChangesArriveIsNotReadAgainWhileOthersMayBeMissing() {
        ChangeFeed partly = new PartlyProven(entity -> isProven.get() && entity.equals(link.key()));
        KnownLinks partlyProven = new KnownLinks(store, partly, LiveSettings.defaults(), this::now);
        AtomicInteger reads = new AtomicInteger();
        partlyProven.find(link.key());
        onRead.set(reads::incrementAndGet);
        now = START.plusSeconds(5);
        partlyProven.find(link.key());
        assertThat(reads).hasValue(0);
        isProven.set(false);
        partlyProven.find(link.key());
        assertThat(reads).hasPositiveValue();
    }

    @Test
    void aLinkIsReadAgainNowAndThen() {
        assertThat(isValid()).isTrue();
        isAnnounced.set(false);
        revoke();
        now = START.plus(LiveSettings.defaults().recheck());
        assertThat(isValid()).isFalse();
    }

    /** Strangers can make up any number of links. */
    @Test
    void unknownLinksAreReadFewAtATimeWhileKnownOnesAreAnswered() throws Exception {
        assertThat(isValid()).isTrue();
        CountDownLatch database = new CountDownLatch(1);
        AtomicInteger reading = new AtomicInteger();
        onRead.set(() -> {
            reading.incrementAndGet();
            waitFor(database);
        });
        List<CompletableFuture<?>> made = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            made.add(finding(madeUp()));
        }
        await().until(() -> reading.get() == 8);

        try {
            assertThat(finding(madeUp()))
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .withCauseInstanceOf(Unavailable.class);
            assertThat(isValid()).as("the known link").isTrue();
            now = START.plusSeconds(60);
            made.add(finding(link.key()));
            await().untilAsserted(() ->
                    assertThat(reading).as("the known link is read again").hasValue(9));
        } finally {
            database.countDown();
        }
        for (CompletableFuture<?> each : made) {
            each.get(20, TimeUnit.SECONDS);
        }
        assertThat(finding(madeUp()))
                .as("later")
                .succeedsWithin(Duration.ofSeconds(20))
                .isNull();
    }

    /** Two requests find the same old value, and the second one notices it when the first one has read the link again. */
    @Test
    void aValueThatWasJustReadIsNotThrownAway() {
        AtomicReference<Runnable> onAsk = new AtomicReference<>(() -> {});
        KnownLinks links = new KnownLinks(
                store,
                () -> {
                    onAsk.getAndSet(() -> {}).run();
                    return false;
                },
                LiveSettings.defaults(),
                this::now);
        assertThat(links.find(link.key())).isNotNull();
        now = START.plusSeconds(2);
        AtomicInteger reads = new AtomicInteger();
        onRead.set(reads::incrementAndGet);
        onAsk.set(() -> assertThat(links.find(link.key())).isNotNull());

        assertThat(links.find(link.key())).isNotNull();

        assertThat(reads).hasValue(1);
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
    void anIdleConnectionEndsAfterAnEndOfTheSessionThatNobodyAnnounced() {
        var end = end();
        isAnnounced.set(false);
        sessions.end(START.plusSeconds(60));
        now = START.plusSeconds(400);
        isProven.set(false);
        open.tick();
        end.block(PATIENCE);
    }

    @Test
    void onlyADoubtAboutAnOpenLinkOrItsSessionIsAReasonToRead() {
        end();
        AtomicInteger reads = new AtomicInteger();
        await().until(() -> {
            // the connection checks its link when it opens
            int before = reads.get();
            onRead.set(reads::incrementAndGet);
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            return reads.get() == before;
        });
        reads.set(0);
        open.pass(new ChangeEvent.Doubt(List.of(madeUp(), new SessionKey(ACME, "another"))));
        await().during(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> reads.get() == 0);
        open.pass(new ChangeEvent.Doubt(List.of(link.sessionKey())));
        await().until(() -> reads.get() > 0);
        reads.set(0);
        open.pass(new ChangeEvent.Doubt(List.of(link.key())));
        await().until(() -> reads.get() > 0);
    }

    @Test
    void oneCheckRunsAtATimeAndALaterReasonIsNotLost() {
        var end = end();
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        CountDownLatch database = new CountDownLatch(1);
        AtomicInteger reading = new AtomicInteger();
        onRead.set(() -> {
            reading.incrementAndGet();
            waitFor(database);
        });
        ChangeEvent doubt = new ChangeEvent.Doubt(List.of(link.key()));
        for (int i = 0; i < 5; i++) {
            open.pass(doubt);
            await().until(() -> reading.get() > 0);
        }
        await().during(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> reading.get() == 1);
        isAnnounced.set(false);
        revoke();
        open.pass(doubt);
        database.countDown();
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
    void aSecretHas256BitsAndIsAnotherOneEachTime() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String text = Secret.random().text();
            assertThat(text).hasSize(43);
            assertThat(Base64.getUrlDecoder().decode(text)).hasSize(32);
            secrets.add(text);
        }
        assertThat(secrets).hasSize(100);
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

    private static ShareLinkKey madeUp() {
        return new ShareLinkKey(ACME, UUID.randomUUID().toString());
    }

    private CompletableFuture<@Nullable Known> finding(ShareLinkKey key) {
        return CompletableFuture.supplyAsync(() -> known.find(key), task -> Thread.startVirtualThread(task));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
