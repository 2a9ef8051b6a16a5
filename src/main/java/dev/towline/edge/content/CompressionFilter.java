package dev.towline.edge.content;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.WebUtils;

/**
 * Compresses what is worth it, also what has a strong ETag, which Tomcat would leave as it is. Has to be mapped to ASYNC dispatches too:
 * an answer that is given later is written, and has to be finished, there.
 */
final class CompressionFilter implements Filter {

    /** The request's attribute that has the coding for this answer, for whoever has the content in that coding already. */
    static final String CODING = CompressionFilter.class.getName() + ".coding";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            CompressedResponse begun = WebUtils.getNativeResponse(answer, CompressedResponse.class);
            if (begun != null) {
                write(request, answer, begun, chain);
                return;
            }
            if (Handshake.is(asked)) {
                chain.doFilter(new Handshake(asked), response);
                return;
            }
            String theirs = list(asked, HttpHeaders.IF_NONE_MATCH);
            ContentCoding coding = ContentCoding.negotiate(list(asked, HttpHeaders.ACCEPT_ENCODING));
            request.setAttribute(CODING, coding);
            var compressed = new CompressedResponse(answer, coding, theirs);
            var plain = theirs.isEmpty() ? asked : new Plain(asked, EntityTags.plain(theirs, coding));
            write(plain, compressed, compressed, chain);
            return;
        }
        chain.doFilter(request, response);
    }

    /**
     * A header that is a list, in however many lines; empty for none.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.3">RFC 9110, 5.3: Field Order</a>
     */
    static String list(HttpServletRequest request, String name) {
        return String.join(", ", Collections.list(request.getHeaders(name)));
    }

    private static void write(
            ServletRequest request, HttpServletResponse response, CompressedResponse compressed, FilterChain chain)
            throws IOException, ServletException {
        boolean written = false;
        try {
            chain.doFilter(request, response);
            written = true;
        } finally {
            if (!written) {
                compressed.forget();
            } else if (!request.isAsyncStarted()) {
                compressed.finish();
            }
        }
    }

    /** A request whose tags stand for the content without a coding. */
    private static final class Plain extends HttpServletRequestWrapper {

        private final String tags;

        Plain(HttpServletRequest request, String tags) {
            super(request);
            this.tags = tags;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(HttpHeaders.IF_NONE_MATCH) ? tags : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase(HttpHeaders.IF_NONE_MATCH)
                    ? Collections.enumeration(List.of(tags))
                    : super.getHeaders(name);
        }
    }
}
