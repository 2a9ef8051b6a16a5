package dev.towline.localdax;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Settings of a cluster and their defaults. {@link DaxSettings} says what each of them means. Not thread-safe. */
public final class LocalDaxBuilder {

    private @Nullable URI dynamoEndpoint;
    private @Nullable Region region;
    private @Nullable AwsCredentialsProvider credentials;
    private int dynamoConnections = 100;
    private InetAddress address = InetAddress.getLoopbackAddress();
    private @Nullable InetAddress advertisedAddress;
    private @Nullable Integer port;
    private int nodes = 1;
    private boolean pinned;
    private boolean itemCache = true;
    private boolean queryCache = true;
    private Duration itemTimeToLive = Duration.ofMinutes(5);
    private Duration queryTimeToLive = Duration.ofMinutes(5);
    private long itemCacheBytes = 64L << 20;
    private long queryCacheBytes = 64L << 20;
    private Duration replicationDelay = Duration.ofMillis(100);
    private boolean lastOneWins;
    private InstantSource clock = InstantSource.system();
    private @Nullable Path attributeListFile;
    private WireLimits limits = WireLimits.defaults();

    LocalDaxBuilder() {}

    /** AWS if this is not called. */
    public LocalDaxBuilder dynamoEndpoint(URI endpoint) {
        this.dynamoEndpoint = endpoint;
        return this;
    }

    /** If this is not called: that of the environment, as the SDK finds it; us-east-1 for an endpoint that is not AWS. */
    public LocalDaxBuilder region(String region) {
        this.region = Region.of(region);
        return this;
    }

    /** What DynamoDB is asked with, whatever credentials the clients of the cluster have. The SDK finds them if this is not called. */
    public LocalDaxBuilder credentials(AwsCredentialsProvider credentials) {
        this.credentials = credentials;
        return this;
    }

    /** For an endpoint that takes any, such as DynamoDB Local. */
    public LocalDaxBuilder credentials(String accessKey, String secretKey) {
        return credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
    }

    public LocalDaxBuilder dynamoConnections(int connections) {
        this.dynamoConnections = connections;
        return this;
    }

    /** Loopback if this is not called. */
    public LocalDaxBuilder address(InetAddress address) {
        this.address = address;
        return this;
    }

    /** The address itself if this is not called. */
    public LocalDaxBuilder advertisedAddress(InetAddress address) {
        this.advertisedAddress = address;
        return this;
    }

    /** 0 for any port that is free. The first free one from 8111 on if this is not called. */
    public LocalDaxBuilder port(int port) {
        this.port = port;
        return this;
    }

    public LocalDaxBuilder nodes(int nodes) {
        this.nodes = nodes;
        return this;
    }

    public LocalDaxBuilder pinned(boolean on) {
        this.pinned = on;
        return this;
    }

    public LocalDaxBuilder itemCache(boolean on) {
        this.itemCache = on;
        return this;
    }

    public LocalDaxBuilder queryCache(boolean on) {
        this.queryCache = on;
        return this;
    }

    public LocalDaxBuilder itemTimeToLive(Duration timeToLive) {
        this.itemTimeToLive = timeToLive;
        return this;
    }

    public LocalDaxBuilder queryTimeToLive(Duration timeToLive) {
        this.queryTimeToLive = timeToLive;
        return this;
    }

    public LocalDaxBuilder itemCacheBytes(long bytes) {
        this.itemCacheBytes = bytes;
        return this;
    }

    public LocalDaxBuilder queryCacheBytes(long bytes) {
        this.queryCacheBytes = bytes;
        return this;
    }

    public LocalDaxBuilder replicationDelay(Duration delay) {
        this.replicationDelay = delay;
        return this;
    }

    public LocalDaxBuilder lastOneWins(boolean on) {
        this.lastOneWins = on;
        return this;
    }

    /** What the clock of the cluster goes by. */
    public LocalDaxBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    public LocalDaxBuilder attributeListFile(Path file) {
        this.attributeListFile = file;
        return this;
    }

    public LocalDaxBuilder limits(WireLimits limits) {
        this.limits = limits;
        return this;
    }

    /**
     * The settings so far.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public DaxSettings settings() {
        return new DaxSettings(
                dynamoEndpoint,
                region == null && dynamoEndpoint != null ? Region.US_EAST_1 : region,
                credentials,
                dynamoConnections,
                address,
                advertisedAddress == null ? address : advertisedAddress,
                port,
                nodes,
                pinned,
                itemCache,
                queryCache,
                itemTimeToLive,
                queryTimeToLive,
                itemCacheBytes,
                queryCacheBytes,
                replicationDelay,
                lastOneWins,
                clock,
                attributeListFile,
                limits);
    }

    /**
     * Starts a cluster. Blocks until all its nodes listen.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public LocalDax start() {
        return LocalDax.start(settings());
    }
}
