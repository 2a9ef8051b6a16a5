package dev.towline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RevisionTests {

    @Test
    void countsFromOneWithANewIdEachTime() {
        Revision first = Revision.first();
        Revision second = first.next();

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(second.writeIds()).containsExactly(second.writeId(), first.writeId());
        assertThat(first.next().writeId()).isNotEqualTo(second.writeId());
    }

    @Test
    void includesTheWritesThatLedToIt() {
        Revision first = Revision.first();

        assertThat(first.next().next().includes(first)).isTrue();
        assertThat(first.includes(first.next())).isFalse();
        assertThat(first.next().includes(first.next())).isFalse();
    }

    @Test
    void remembersTheLastEightOnly() {
        Revision first = Revision.first();
        Revision eighth =
                Stream.iterate(first, Revision::next).skip(7).findFirst().orElseThrow();

        assertThat(eighth.includes(first)).isTrue();
        assertThat(eighth.next().includes(first)).isFalse();
        assertThat(eighth.next().writeIds()).hasSize(8);
    }
}
