package dev.towline.rate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that count as one caller: one IPv4 address, or one IPv6 network of 64 bits, because a provider gives each customer at least
 * that.
 *
 * @param isV6 whether it is an IPv6 network
 * @param bits the address or the network
 */
record AddressBlock(boolean isV6, long bits) {

    /** Who has no address that can be read, such as behind a proxy that sends something else. */
    private static final AddressBlock UNKNOWN = new AddressBlock(false, 0);

    static AddressBlock of(@Nullable InetSocketAddress remote) {
        InetAddress address = remote == null ? null : remote.getAddress();
        if (address == null) {
            return UNKNOWN;
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address
                ? new AddressBlock(true, bytes.getLong())
                : new AddressBlock(false, Integer.toUnsignedLong(bytes.getInt()));
    }

    /** The block in hexadecimal digits. */
    @Override
    public String toString() {
        return isV6 ? HexFormat.of().toHexDigits(bits) + "/64" : HexFormat.of().toHexDigits((int) bits);
    }
}
