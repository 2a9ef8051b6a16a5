package dev.towline.edge.content;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Serves the files of a folder. The path of a subfolder, with or without a slash at its end, serves its {@code index.html}. Some pages also
 * answer the paths right below their own, which their scripts read. The folder is read once at the start. Blocking, thread-safe.
 */
final class StaticFiles implements RouterFunction<ServerResponse> {

    private static final String INDEX = "index.html";
    private static final String ALLOW = "GET, HEAD, OPTIONS";

    private final Map<String, StaticFile> files;
    private final Set<String> readers;

    private StaticFiles(Map<String, StaticFile> files, Set<String> readers) {
        this.files = files;
        this.readers = readers;
    }

    /**
     * @param folder a resource location of Spring that ends with a slash, such as {@code classpath*:/static/}
     * @param readers the paths of the pages that also answer the paths right below their own, such as {@code /track}
     */
    static StaticFiles in(String folder, Set<String> readers, ResourcePatternResolver resources) throws IOException {
        Map<String, Resource> found = new HashMap<>();
        for (Resource root : resources.getResources(folder)) {
            String url = root.getURL().toString();
            for (Resource resource : resources.getResources(url + "**")) {
                String path = resource.getURL().toString().substring(url.length() - 1);
                if (resource.isReadable() && !path.endsWith("/")) {
                    found.putIfAbsent(path, resource);
                }
            }
        }
        Map<String, StaticFile> files = new HashMap<>();
        found.forEach((path, content) -> {
            if (!isCoded(path, found)) {
                StaticFile file = StaticFile.of(path, content, coded(path, found));
                files.put(path, file);
                if (path.endsWith("/" + INDEX)) {
                    String slashed = path.substring(0, path.length() - INDEX.length());
                    files.put(slashed, file);
                    files.put(slashed.substring(0, slashed.length() - 1), file);
                }
            }
        });
        return new StaticFiles(Map.copyOf(files), readers);
    }

    /** Serves one file. */
    static StaticFiles of(String path, StaticFile file) {
        return new StaticFiles(Map.of(path, file), Set.of());
    }

    /** The paths of all files. */
    Set<String> paths() {
        return files.keySet();
    }

    @Override
    public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        StaticFile file = files.getOrDefault(request.path(), readerOf(request.path()));
        return file == null ? Optional.empty() : Optional.of(matched -> answer(matched, file));
    }

    private @Nullable StaticFile readerOf(String path) {
        String above = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return readers.contains(above) ? files.get(above) : null;
    }

    private static ServerResponse answer(ServerRequest request, StaticFile file) throws IOException {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            return ServerResponse.ok().header(HttpHeaders.ALLOW, ALLOW).build();
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            return ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
                    .header(HttpHeaders.ALLOW, ALLOW)
                    .build();
        }
        ContentCoding coding = ContentCoding.negotiate(request.servletRequest());
        Resource coded = coding == null ? null : file.coded().get(coding);
        Resource content = coded == null ? file.content() : coded;
        var answer = ServerResponse.ok()
                .contentType(file.type())
                .contentLength(content.contentLength())
                .eTag(file.tag().get())
                .cacheControl(file.caching());
        if (!file.coded().isEmpty()) {
            answer.varyBy(HttpHeaders.ACCEPT_ENCODING);
        }
        if (coding != null && coded != null) {
            answer.header(HttpHeaders.CONTENT_ENCODING, coding.token());
        }
        return answer.build((servletRequest, response) -> {
            if (!servletRequest.getMethod().equals(HttpMethod.HEAD.name())) {
                try (var in = content.getInputStream()) {
                    in.transferTo(response.getOutputStream());
                }
            }
            return null;
        });
    }

    private static Map<ContentCoding, Resource> coded(String path, Map<String, Resource> found) {
        Map<ContentCoding, Resource> coded = new EnumMap<>(ContentCoding.class);
        for (ContentCoding coding : ContentCoding.values()) {
            Resource resource = found.get(path + coding.extension());
            if (resource != null) {
                coded.put(coding, resource);
            }
        }
        return coded;
    }

    private static boolean isCoded(String path, Map<String, Resource> found) {
        return Arrays.stream(ContentCoding.values())
                .map(ContentCoding::extension)
                .anyMatch(extension -> path.endsWith(extension)
                        && found.containsKey(path.substring(0, path.length() - extension.length())));
    }
}
