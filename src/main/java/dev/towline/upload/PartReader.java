package dev.towline.upload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** The parts of a file as one stream, each opened when the one before has been read. For one thread. */
final class PartReader extends InputStream {

    private final Iterator<String> left;
    private final Function<String, InputStream> open;
    private InputStream current = InputStream.nullInputStream();

    PartReader(List<String> parts, Function<String, InputStream> open) {
        this.left = parts.iterator();
        this.open = open;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = current.read(to, offset, length);
        while (count < 0 && left.hasNext()) {
            current.close();
            current = open.apply(left.next());
            count = current.read(to, offset, length);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
