package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.geo.GeoPoint;
import dev.towline.problem.Unavailable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class VendorListingsTests {

    private final VendorListings listings = new VendorListings();
    private final AtomicInteger reads = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    private List<Vendor> read() {
        reads.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return List.of(SomeVendors.at("v", new GeoPoint(0, 0)));
    }

    private CompletableFuture<List<Vendor>> ask(Supplier<List<Vendor>> read) {
        CompletableFuture<List<Vendor>> answer = new CompletableFuture<>();
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(listings.get(SomeVendors.ACME, read));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        // it reads, or waits for who does
        await().until(() -> asking.getState() == Thread.State.WAITING);
        return answer;
    }

    @Test
    void whoeverComesMeanwhileGetsTheSameList() {
        CompletableFuture<List<Vendor>> first = ask(this::read);
        CompletableFuture<List<Vendor>> second = ask(this::read);
        gate.countDown();
        assertThat(first.join()).hasSize(1).isEqualTo(second.join());
        assertThat(reads.get()).isEqualTo(1);
        assertThat(listings.get(SomeVendors.ACME, this::read)).hasSize(1);
        assertThat(reads.get()).as("a later one is read anew").isEqualTo(2);
    }

    @Test
    void aFailureFailsOnlyThoseWhoWaited() {
        gate.countDown();
        assertThatThrownBy(() -> listings.get(SomeVendors.ACME, () -> {
                    throw new Unavailable("away", null);
                }))
                .isInstanceOf(Unavailable.class);
        assertThat(listings.get(SomeVendors.ACME, this::read)).hasSize(1);
    }
}
