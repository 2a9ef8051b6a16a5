package dev.towline.cache.answer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came, which leads to its {@link Question} without being parsed. It is compared as a whole and not by a digest: that is
 * quicker, and it is ordered, so that a map stays quick even if somebody sends many of equal hash codes.
 */
public final class RequestBytes implements Comparable<RequestBytes> {

    private final byte[] bytes;
    private final String form;
    private final int hash;

    /**
     * @param bytes the body, or the query string of the URL; must not be changed any more
     * @param form the method and the media type of the answer
     */
    public RequestBytes(byte[] bytes, String form) {
        this.bytes = bytes;
        this.form = form;
        this.hash = 31 * Arrays.hashCode(bytes) + form.hashCode();
    }

    int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestBytes same
                && hash == same.hash
                && form.equals(same.form)
                && Arrays.equals(bytes, same.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(RequestBytes other) {
        int byBytes = Arrays.compare(bytes, other.bytes);
        return byBytes == 0 ? form.compareTo(other.form) : byBytes;
    }
}
