package dev.towline.vendor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the position index of vendors.
 *
 * @param rebuildDelay how often an instance looks whether an index must be loaded or rebuilt, at least 10 ms
 * @param lastKnownFor for how long searches go on from the last known state when neither the index in memory nor Redis can answer
 * @param maxListed how many vendors a tenant may have at most to be read from DynamoDB rather than searched in the last known
 *     state
 * @param loadWait how long a search waits at most while the vendors of its tenant are loaded, if there is nothing else to search in
 * @param maxVendors how many vendors an instance has in memory at most; further tenants are searched in Redis
 * @param reconcileAfter how long after its start an instance looks for the first time whether a reconciliation is due
 * @param reconcileEvery how often the indexes are compared with DynamoDB
 * @param reconcileVendorsPerSecond how many vendors a reconciliation reads in a second at most
 */
@ConfigurationProperties("towline.search")
record SearchSettings(
        @DefaultValue("1s") Duration rebuildDelay,
        @DefaultValue("10m") Duration lastKnownFor,
        @DefaultValue("1000") int maxListed,
        @DefaultValue("3s") Duration loadWait,
        @DefaultValue("1000000") int maxVendors,
        @DefaultValue("30s") Duration reconcileAfter,
        @DefaultValue("1h") Duration reconcileEvery,
        @DefaultValue("2000") int reconcileVendorsPerSecond) {

    SearchSettings {
        requireAtLeast("rebuild-delay", rebuildDelay, Duration.ofMillis(10));
        requireAtLeast("last-known-for", lastKnownFor, Duration.ZERO);
        requireAtLeast("load-wait", loadWait, Duration.ZERO);
        requireAtLeast("reconcile-after", reconcileAfter, Duration.ZERO);
        requireAtLeast("reconcile-every", reconcileEvery, Duration.ofSeconds(1));
        requireAtLeast("max-listed", maxListed, 0);
        requireAtLeast("max-vendors", maxVendors, 0);
        requireAtLeast("reconcile-vendors-per-second", reconcileVendorsPerSecond, 1);
    }

    private static <T extends Comparable<T>> void requireAtLeast(String name, T value, T least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "towline.search." + name + " must be at least " + least + ", not " + value);
        }
    }
}
