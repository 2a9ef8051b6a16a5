package dev.towline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds TCP ports on the loopback address. */
public final class LoopbackPort {

    static final String ADDRESS = "127.0.0.1";

    private static final int HIGHEST = 65535;

    /** Below the range from which operating systems take the ports of outgoing connections: a port found here stays free. */
    private static final int ANY_FROM = 20_000;

    private static final int ANY_TO = 30_000;

    /** How many ports in a row are tried before giving up. */
    private static final int ATTEMPTS = 200;

    /** What can be tried on a port; an {@link IOException} means that the port is taken. */
    @FunctionalInterface
    interface Opening<T> {
        T on(int port) throws IOException;
    }

    private LoopbackPort() {}

    /** The port if nothing listens there, else the next one that is free; 0 stands for any. It is free now, not reserved. */
    public static int nextFree(int wanted) {
        return openNextFree(wanted, port -> {
            requireFree(port);
            return port;
        });
    }

    /** @throws IOException if something listens there */
    static void requireFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), port));
        }
    }

    /** Opens something on the port, else on the next one that is free; 0 stands for any. */
    static <T> T openNextFree(int wanted, Opening<T> opening) {
        int first = wanted == 0 ? ThreadLocalRandom.current().nextInt(ANY_FROM, ANY_TO) : wanted;
        int last = Math.min(HIGHEST, first + ATTEMPTS);
        IOException taken = new IOException("no port was tried");
        for (int port = first; port <= last; port++) {
            try {
                return opening.on(port);
            } catch (IOException e) {
                taken = e;
            }
        }
        throw new UncheckedIOException("no free port from %d to %d on %s".formatted(first, last, ADDRESS), taken);
    }
}
