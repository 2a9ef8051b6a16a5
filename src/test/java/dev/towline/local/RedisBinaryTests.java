package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisBinaryTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.1.0 bits=64",
                "Redis server v=8.0.0 sha=00000000:1 malloc=libc",
                "Valkey server v=7.2.5 sha=00000000:0"
            })
    void takesTheInstalledOneIfItKnowsShardedChannels(String version) {
        assertThat(RedisBinary.isRecent(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Redis server v=6.2.14 sha=00000000:0", "Redis server v=5.0.7", "command not found", ""})
    void leavesAnOldOneAlone(String version) {
        assertThat(RedisBinary.isRecent(version)).isFalse();
    }
}
