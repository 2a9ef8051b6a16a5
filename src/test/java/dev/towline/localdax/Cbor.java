package dev.towline.localdax;

import java.io.InputStream;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;
import tools.jackson.dataformat.cbor.CBORParser;

/** CBOR (RFC 8949) within limits. Thread-safe. */
final class Cbor {

    /** For answers, which need no limits. */
    private static final CBORFactory WRITING = new CBORFactory();

    private final CBORFactory reading;
    private final WireLimits limits;

    Cbor(WireLimits limits) {
        this.limits = limits;
        this.reading = CBORFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.requestBytes())
                        .maxNameLength(limits.requestBytes())
                        .build())
                // a table of names would be shared, and grow with what clients send
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .build();
    }

    CborInput input(InputStream bytes) {
        return new CborInput((CBORParser) reading.createParser(ObjectReadContext.empty(), bytes), limits.values());
    }

    CborInput input(byte[] bytes) {
        return new CborInput((CBORParser) reading.createParser(ObjectReadContext.empty(), bytes), limits.values());
    }

    static CborOutput output() {
        var bytes = new ByteArrayBuilder();
        return new CborOutput(
                (CBORGenerator) WRITING.createGenerator(ObjectWriteContext.empty(), bytes), bytes);
    }
}
