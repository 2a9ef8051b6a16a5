package dev.towline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortKeyTests {

    private static final String ID = "c7fc2cac-726b-4f83-8ea9-93daf89f2656";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "2026-03-21T14:05:09.12Z",
                "9999-12-31T23:59:59Z"
            })
    void knowsItsOwn(String moment) {
        Instant instant = Instant.parse(moment);
        assertThat(SortKey.isMoment(SortKey.of(instant))).isTrue();
        assertThat(SortKey.isMomentAndUuid(SortKey.of(instant, ID))).isTrue();
        assertThat(SortKey.isMoment(SortKey.of(instant, ID))).isFalse();
        assertThat(SortKey.isMomentAndUuid(SortKey.of(instant))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "2026-02-30T00:00:00.000Z",
                "2026-02-28T24:00:00.000Z",
                "2026-02-28T00:00:00.00Z",
                "2026-02-28T00:00:00.0000Z",
                "2026-02-28T00:00:00Z",
                "2026-02-28t00:00:00.000z",
                "2026-02-28T00:00:00.000+00:00",
                "-0001-02-28T00:00:00.000Z",
                "-001-02-28T00:00:00.000Z",
                "+10000-02-28T00:00:00.000Z",
                " 2026-02-28T00:00:00.000Z"
            })
    void knowsNoOther(String sort) {
        assertThat(SortKey.isMoment(sort)).isFalse();
        assertThat(SortKey.isMomentAndUuid(sort + '#' + ID)).isFalse();
    }

    @Test
    void knowsUuidsAsJavaWritesThem() {
        String moment = "2026-02-28T00:00:00.000Z#";
        assertThat(SortKey.isMomentAndUuid(moment + ID)).isTrue();
        assertThat(SortKey.isMomentAndUuid(moment + ID + "0")).isFalse();
        assertThat(SortKey.isMomentAndUuid(moment + ID.substring(1))).isFalse();
        assertThat(SortKey.isMomentAndUuid(moment + ID.toUpperCase(java.util.Locale.ROOT)))
                .isFalse();
        assertThat(SortKey.isMomentAndUuid(moment + ID + "#" + ID)).isFalse();
        assertThat(SortKey.isMomentAndUuid(moment)).isFalse();
    }
}
