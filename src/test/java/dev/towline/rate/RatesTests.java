package dev.towline.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.RateLimited;
import dev.towline.redis.TokenBuckets;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatesTests {

    private static final InetSocketAddress ADDRESS = new InetSocketAddress("192.0.2.7", 1234);

    private final ManualTicker time = new ManualTicker();
    private final FakeBuckets redis = new FakeBuckets(time);
    private final Set<String> names = new HashSet<>();

    @Test
    void keepsDevicesApart() {
        Rates rates = rates(Map.of());
        rates.ofFixes(viewer("a:b"), "c", 1);
        rates.ofFixes(viewer("a"), "b:c", 1);
        assertThat(names).hasSize(2);
    }

    /** A batch is as long as a block, and the first lease comes after milliseconds. */
    @Test
    void takesTwoBatchesOfADeviceBeforeTheFirstLeaseComes() {
        Rates rates = TestRates.local(TestRates.settings(Map.of("instances", 20)));
        Supplier<RateCheck> batch = () -> Objects.requireNonNull(rates.ofFixes(viewer("ann"), "s", 500));

        assertThat(batch.get().admitted()).isTrue();
        assertThat(batch.get().admitted()).isTrue();
        RateCheck third = batch.get();
        assertThat(third.admitted()).isFalse();
        assertThat(third.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void checksNoMoreCredentialsOfAnAddressThatSendsManyBadOnes() {
        Rates rates = rates(Map.of());
        int tried = 0;
        while (tried < 1000 && tries(rates)) {
            tried++;
        }
        assertThat(tried).isBetween(200, 201);
        time.advance(Duration.ofSeconds(1));
        assertThat(tries(rates)).as("a second later").isTrue();
        assertThat(Objects.requireNonNull(rates.ofAddress(ADDRESS)).remaining())
                .as("the requests of the address are not charged")
                .isGreaterThan(9_000);
    }

    @Test
    void countsNoCredentialsThatWereNotChecked() {
        Rates rates = rates(Map.of());
        IntStream.range(0, 1000).forEach(_ -> rates.attempt(ADDRESS).refused());
        assertThat(tries(rates)).isTrue();
    }

    private static boolean tries(Rates rates) {
        Rates.Attempt attempt = rates.attempt(ADDRESS);
        try {
            attempt.requireMayTry();
        } catch (RateLimited refused) {
            return false;
        }
        attempt.refused();
        return true;
    }

    private Rates rates(Map<String, ?> settings) {
        TokenBuckets named = (name, filling, charge, wanted) -> {
            names.add(name);
            return redis.lease(name, filling, charge, wanted);
        };
        return TestRates.rates(TestRates.settings(settings), named, Runnable::run, time);
    }

    private static Viewer viewer(String subject) {
        return new Viewer(Role.CALLER, subject, new Tenant("acme"));
    }
}
