package dev.towline.resolver;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ResolverConfiguration {

    /** No default candidate, because Boot would not make its own scheduler beside it. */
    @Bean(destroyMethod = "shutdownNow", defaultCandidate = false)
    Timers timers() {
        return new Timers();
    }
}
