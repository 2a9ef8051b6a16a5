package dev.towline.scenarios;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests that pass all filters, before they are answered. Thread-safe. */
final class CountedRequests implements Filter {

    private final AtomicInteger requests = new AtomicInteger();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        requests.incrementAndGet();
        chain.doFilter(request, response);
    }

    /** How many came while this ran. */
    int during(Runnable requesting) {
        int before = requests.get();
        requesting.run();
        return requests.get() - before;
    }
}
