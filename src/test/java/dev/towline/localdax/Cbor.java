package dev.towline.localdax;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** Where inputs within the limits of a node, and outputs, come from. Thread-safe. */
final class Cbor {

    private static final CBORFactory FACTORY = new CBORFactory();

    private final WireLimits limits;

    Cbor(WireLimits limits) {
        this.limits = limits;
    }

    /** @param bytes buffered */
    CborInput input(InputStream bytes) {
        return new CborInput(bytes, limits);
    }

    CborInput input(byte[] bytes) {
        return new CborInput(new ByteArrayInputStream(bytes), limits);
    }

    static CborOutput output() {
        var bytes = new ByteArrayBuilder();
        return new CborOutput((CBORGenerator) FACTORY.createGenerator(ObjectWriteContext.empty(), bytes), bytes);
    }
}
