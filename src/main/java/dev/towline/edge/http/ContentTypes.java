package dev.towline.edge.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Removes a malformed {@code Content-Type} from requests other than POST, because Spring would reject them on every path although nobody
 * reads their content. A POST with a range such as {@code *}{@code /*} gets 415. Thread-safe.
 */
final class ContentTypes extends ValveBase {

    ContentTypes() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // getContentType() would cache the value.
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null) {
            if (!HttpMethod.POST.matches(request.getMethod())) {
                removeUnreadable(request, type);
            } else if (isRange(type)) {
                response.sendError(HttpStatus.UNSUPPORTED_MEDIA_TYPE.value());
                return;
            }
        }
        getNext().invoke(request, response);
    }

    private static void removeUnreadable(Request request, String type) {
        if (read(type).filter(MediaType::isConcrete).isEmpty()) {
            request.getCoyoteRequest().getMimeHeaders().removeHeader(HttpHeaders.CONTENT_TYPE);
        }
    }

    private static boolean isRange(String type) {
        return read(type).filter(read -> !read.isConcrete()).isPresent();
    }

    private static Optional<MediaType> read(String type) {
        try {
            return Optional.of(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException unreadable) {
            return Optional.empty();
        }
    }
}
