package dev.towline.scenarios.instances;

import jakarta.annotation.PostConstruct;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;

/** {@link BareServlet} in a process of its own. Killed when closed, and with this JVM. */
final class BareServletProcess implements AutoCloseable {

    private static final String PORT = "port ";

    private final Process process;
    private final int port;

    private BareServletProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Blocks until it takes requests. */
    static BareServletProcess start(List<String> jvm) {
        List<String> command = new ArrayList<>(TowlineProcess.guarded());
        command.add(QuickJar.java());
        command.addAll(jvm);
        String classes = Stream.of(BareServlet.class, Tomcat.class, PostConstruct.class)
                .map(BareServletProcess::placeOf)
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classes, BareServlet.class.getName()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new BareServletProcess(process, portOf(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:%d/graphql".formatted(port));
    }

    /** The id of the process. */
    long pid() {
        // the shell that started it has become it
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static int portOf(Process process) throws IOException {
        // it prints nothing else
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        if (line == null || !line.startsWith(PORT)) {
            throw new IllegalStateException("the bare servlet did not start: " + line);
        }
        return Integer.parseInt(line.substring(PORT.length()));
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
