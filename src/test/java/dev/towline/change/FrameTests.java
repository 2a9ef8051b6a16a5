package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.change.Frame.Header;
import dev.towline.change.Frame.Kind;
import dev.towline.store.Change;
import dev.towline.store.EntityBytes;
import dev.towline.store.Notes;
import dev.towline.store.Notes.Note;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTests {

    private static final String INSTANCE = "f00000000000000a";
    private static final String SEQUENCE = "0000000000000102";
    private static final String TIME = "0005000000000001";

    @Test
    void looksLikeThisOnTheWire() {
        Frame frame = Frame.of(new Header(Kind.MESSAGE, 0xf00000000000000aL, 0x102, 0x5000000000001L), new byte[] {7});

        assertThat(hex(frame.encode(Shards.ONE))).isEqualTo("0101" + INSTANCE + SEQUENCE + TIME + "07");
    }

    /** {@code SessionItemsTests} counts on it: the message of a session with its whole tail stays within a kilobyte. */
    @Test
    void aMessageHasLittleBesidesTheEntity() {
        EntityBytes entities = new EntityBytes(List.of(Notes.NOTES));
        Note note = Note.first("n1", "top", "hello");
        byte[] payload = new ChangeMessages(entities).encode(List.of(new Change(note, null)));
        byte[] frame = Frame.of(new Header(Kind.MESSAGE, -1, Long.MAX_VALUE, Long.MAX_VALUE), payload)
                .encode(Shards.ONE);

        assertThat(frame.length - entities.encode(note).length).isBetween(26, 64);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void comesBackAsItWas(Kind kind) {
        Header header = new Header(kind, -3, 7, 1_800_000_000_000_000L);
        Frame frame = kind == Kind.HEARTBEAT ? Frame.heartbeat(header, 12) : Frame.of(header, new byte[0]);

        Frame back = Frame.decode(frame.encode(Shards.ONE), Shards.ONE).orElseThrow();

        assertThat(back.header()).isEqualTo(header);
        assertThat(back.payload()).isEqualTo(frame.payload());
    }

    @Test
    void aHeartbeatHasItsSendingTime() {
        Frame frame = Frame.heartbeat(new Header(Kind.HEARTBEAT, 1, 0, 5), Long.MAX_VALUE);

        assertThat(Frame.decode(frame.encode(Shards.ONE), Shards.ONE)
                        .orElseThrow()
                        .sentAtNanos())
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "01",
                "0101" + INSTANCE + SEQUENCE + "00050000000000", // cut
                "0001" + INSTANCE + SEQUENCE + TIME, // another version
                "0201" + INSTANCE + SEQUENCE + TIME, // a newer version
                "0100" + INSTANCE + SEQUENCE + TIME, // no such kind
                "0104" + INSTANCE + SEQUENCE + TIME, // no such kind
                "0101" + INSTANCE + "0000000000000000" + TIME, // messages begin with 1
                "0102" + INSTANCE + "ffffffffffffffff" + TIME + TIME, // below 0
                "0102" + INSTANCE + SEQUENCE + TIME, // a heartbeat without its time
                "0103" + INSTANCE + SEQUENCE + TIME + "00" // a goodbye that goes on
            })
    void isNothingElse(String bytes) {
        assertThat(Frame.decode(HexFormat.of().parseHex(bytes), Shards.ONE)).isEmpty();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
