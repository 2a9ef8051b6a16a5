package dev.towline.dynamo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;

/** Answers each request of DynamoDB's protocol with ready bytes, as a process of its own, so that its CPU is not that of the client. */
final class CannedDynamo {

    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final String LENGTH = "content-length: ";
    private static final int MOST_BYTES = 64 * 1024;

    private CannedDynamo() {}

    /** Prints its port and answers until it is ended. */
    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> answer(client));
            }
        }
    }

    private static void answer(Socket client) {
        byte[] written = response("{}");
        byte[] read = response("{\"Responses\":{\"vendors\":[%s]},\"UnprocessedKeys\":{}}".formatted(ITEM));
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] bytes = new byte[MOST_BYTES];
            int count = 0;
            while (true) {
                int more = in.read(bytes, count, bytes.length - count);
                if (more < 0) {
                    return;
                }
                count += more;
                String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
                int body = text.indexOf(new String(HEADERS_END, StandardCharsets.ISO_8859_1));
                if (body < 0 || count < body + HEADERS_END.length + length(text.substring(0, body))) {
                    continue;
                }
                out.write(text.contains("PutItem") ? written : read);
                count = 0;
            }
        } catch (IOException e) {
            // the client has left
        }
    }

    private static int length(String headers) {
        return Arrays.stream(headers.toLowerCase(Locale.ROOT).split("\r\n"))
                .filter(line -> line.startsWith(LENGTH))
                .mapToInt(
                        line -> Integer.parseInt(line.substring(LENGTH.length()).strip()))
                .findFirst()
                .orElse(0);
    }

    private static final String ITEM = """
        {"pk":{"S":"acme#1"},"version":{"N":"17"},"writes":{"L":[{"S":"abcdefghijkl"},{"S":"abcdefghijkm"}]},\
        "name":{"S":"Vendor 1"},"phone":{"S":"+1 512 555 0101"},"rating":{"N":"4.5"},\
        "capabilities":{"L":[{"S":"TOWING"},{"S":"FUEL"}]},"latitude":{"N":"30.2"},"longitude":{"N":"-97.7"},\
        "updatedAt":{"S":"2026-11-30T08:33:31.759Z"}}\
        """;

    private static byte[] response(String body) {
        CRC32 checksum = new CRC32();
        checksum.update(body.getBytes(StandardCharsets.UTF_8));
        return """
            HTTP/1.1 200 OK\r
            Server: Server\r
            Date: Mon, 30 Nov 2026 08:33:31 GMT\r
            Content-Type: application/x-amz-json-1.0\r
            Content-Length: %d\r
            Connection: keep-alive\r
            x-amzn-RequestId: ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOP\r
            x-amz-crc32: %d\r
            \r
            %s\
            """.formatted(body.length(), checksum.getValue(), body).getBytes(StandardCharsets.UTF_8);
    }
}
