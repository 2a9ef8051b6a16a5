package dev.towline.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTests {

    @ParameterizedTest
    @CsvSource({
        "true,  192.0.2.7,           192.0.2.7",
        "false, 192.0.2.7,           192.0.2.8",
        "true,  192.0.2.7,           ::ffff:192.0.2.7",
        "true,  2001:db8:1:2::1,     2001:db8:1:2:ffff:ffff:ffff:ffff",
        "false, 2001:db8:1:2::1,     2001:db8:1:3::1",
        "false, 0.0.0.1,             ::1",
        "true,  fe80::1%1,           fe80::2"
    })
    void isOneIpv4AddressOrOneIpv6NetworkOf64Bits(boolean same, String one, String other) throws UnknownHostException {
        AddressBlock block = AddressBlock.of(remote(one));

        assertThat(block.equals(AddressBlock.of(remote(other)))).isEqualTo(same);
        assertThat(block.toString().equals(AddressBlock.of(remote(other)).toString()))
                .isEqualTo(same);
    }

    @Test
    void isOneForAllWhoHaveNoAddress() {
        assertThat(AddressBlock.of(null)).isEqualTo(AddressBlock.of(InetSocketAddress.createUnresolved("nonsense", 1)));
    }

    private static InetSocketAddress remote(String address) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), 1234);
    }
}
