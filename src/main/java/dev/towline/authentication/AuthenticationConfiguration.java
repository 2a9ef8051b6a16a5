package dev.towline.authentication;

import dev.towline.viewer.ViewerSettings;
import dev.towline.viewer.ViewerSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {

    AuthenticationConfiguration(TokenSettings tokens, ApiKeySettings keys, ViewerSettings viewers) {
        if (tokens.issuer() == null && keys.apiKeys().isEmpty() && viewers.unauthenticatedRole() == null) {
            throw new NobodyCanLogIn();
        }
    }

    @Bean
    TokenMetrics tokenMetrics(MeterRegistry meters) {
        return new TokenMetrics(meters);
    }

    @Bean
    @ConditionalOnProperty("towline.token.issuer")
    IssuerKeys issuerKeys(TokenSettings settings, InstantSource clock) {
        return new IssuerKeys(settings, new IssuerSource(settings), clock);
    }

    @Bean
    @Order(10)
    @ConditionalOnProperty("towline.token.issuer")
    ViewerSource tokens(TokenSettings settings, IssuerKeys keys, TokenMetrics metrics, InstantSource clock) {
        return new Tokens(settings, new TokenVerifier(settings, keys, clock), keys, metrics, clock);
    }

    @Bean
    @Order(20)
    ViewerSource apiKeys(ApiKeySettings settings, InstantSource clock) {
        return new ApiKeys(settings, clock);
    }
}
