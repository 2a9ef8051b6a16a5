package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRequestsTests {

    private static final InetSocketAddress THIS_MACHINE =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 50_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | Host=localhost:8080",
                "true  | Host=LOCALHOST",
                "true  | Host=127.0.0.1:8080",
                "true  | Host=[::1]:8080",
                "true  | Host=localhost:8080;Origin=http://localhost:8080",
                "true  | Host=localhost:8080;Origin=http://localhost:5173",
                "true  | Host=127.0.0.1:8080;Origin=https://[::1]:5173",
                "true  | Host=localhost;X-Forwarded-For=127.0.0.1, ::1;X-Forwarded-Host=localhost:3000",
                "false | Host=",
                "false | Host=evil.example:8080",
                "false | Host=localhost.evil.example",
                "false | Host=localhost.",
                "false | Host=127.0.0.1.evil.example",
                "false | Host=localhost, evil.example",
                "false | Host=192.168.1.7:8080",
                "false | Host=0.0.0.0:8080",
                "false | Host=evil.example:8080;Origin=http://evil.example:8080",
                "false | Host=localhost:8080;Origin=http://evil.example:8080",
                "false | Host=localhost:8080;Origin=null",
                "false | Host=localhost:8080;Origin=file://",
                "false | Host=localhost:8080;Origin=http://localhost:5173/",
                "false | Host=localhost:8080;Origin=http://localhost.evil.example",
                "false | Host=localhost:8080;Origin=http://localhost, http://evil.example",
                "false | Host=localhost;X-Forwarded-For=192.0.2.7",
                "false | Host=localhost;X-Forwarded-For=127.0.0.1, 192.0.2.7",
                "false | Host=localhost;X-Forwarded-For=nonsense",
                "false | Host=localhost;X-Real-IP=192.0.2.7",
                "false | Host=localhost;X-Forwarded-Host=towline.example",
                "false | Host=localhost;Forwarded=for=127.0.0.1"
            })
    void tellsByTheHeaders(boolean isLocal, String headers) {
        assertThat(isLocal(headers, THIS_MACHINE)).isEqualTo(isLocal);
    }

    @Test
    void tellsByTheAddress() {
        String headers = "Host=localhost";
        assertThat(isLocal(headers, new InetSocketAddress(InetAddress.ofLiteral("::1"), 1)))
                .isTrue();
        assertThat(isLocal(headers, new InetSocketAddress(InetAddress.ofLiteral("127.1.2.3"), 1)))
                .isTrue();
        assertThat(isLocal(headers, new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 1)))
                .isFalse();
        assertThat(isLocal(headers, InetSocketAddress.createUnresolved("localhost", 1)))
                .isFalse();
        assertThat(isLocal(headers, null)).isFalse();
        assertThat(isLocal("X=y", THIS_MACHINE)).isFalse();
    }

    private static boolean isLocal(String headers, @Nullable InetSocketAddress remote) {
        Map<String, String> values = Arrays.stream(headers.split(";", -1))
                .map(header -> header.split("=", 2))
                .collect(Collectors.toMap(header -> header[0], header -> header[1]));
        return LocalRequests.isLocal(values::get, remote);
    }
}
