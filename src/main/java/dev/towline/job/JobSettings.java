package dev.towline.job;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of jobs.
 *
 * @param atOnce how many jobs this instance runs at once; 0: none
 * @param poll how often an instance looks for jobs that wait, or whose instance is gone
 * @param lease how long a job belongs to an instance that gives no sign of life
 * @param heartbeat how often the instance that runs a job says so, and hears of a cancellation; at most a third of the lease
 * @param maxOpen how many jobs of a tenant may wait or run
 * @param maxTakes how often a job is taken without any progress, until it fails
 */
@ConfigurationProperties("towline.jobs")
record JobSettings(
        @DefaultValue("2") int atOnce,
        @DefaultValue("2s") Duration poll,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("3s") Duration heartbeat,
        @DefaultValue("20") int maxOpen,
        @DefaultValue("20") int maxTakes) {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final int HEARTBEATS_IN_LEASE = 3;

    JobSettings {
        require(atOnce >= 0 && atOnce <= 100, "at-once must be between 0 and 100, not " + atOnce);
        require(poll.compareTo(SHORTEST) >= 0, "poll must be at least 50ms, not " + poll);
        require(heartbeat.compareTo(SHORTEST) >= 0, "heartbeat must be at least 50ms, not " + heartbeat);
        require(
                heartbeat.multipliedBy(HEARTBEATS_IN_LEASE).compareTo(lease) <= 0,
                "lease must be at least three times towline.jobs.heartbeat, not " + lease);
        require(maxOpen >= 1 && maxOpen <= JobQueue.MOST, "max-open must be between 1 and 1000, not " + maxOpen);
        require(maxTakes >= 1, "max-takes must be at least 1, not " + maxTakes);
    }

    private static void require(boolean holds, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException("towline.jobs." + requirement);
        }
    }
}
