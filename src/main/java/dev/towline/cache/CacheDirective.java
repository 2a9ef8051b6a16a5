package dev.towline.cache;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the directive {@code @cache} of a field and checks its arguments. */
public final class CacheDirective {

    public static final String NAME = "cache";

    private static final int LONGEST_TTL_SECONDS = 3600;
    private static final int LONGEST_SECONDS = 86_400;
    private static final int LONGEST_NEGATIVE_SECONDS = 60;

    private final String field;
    private final GraphQLAppliedDirective directive;

    private CacheDirective(String field, GraphQLAppliedDirective directive) {
        this.field = field;
        this.directive = directive;
    }

    /**
     * The policy of a field. It is enabled.
     *
     * @throws IllegalStateException if an argument is out of range; the message names the field and the argument
     */
    static CachePolicy policy(String field, GraphQLAppliedDirective directive) {
        return new CacheDirective(field, directive).policy();
    }

    private CachePolicy policy() {
        int ttl = Objects.requireNonNull(seconds("ttlSeconds", 1, LONGEST_TTL_SECONDS));
        Integer maxTtl = seconds("maxTtlSeconds", ttl, LONGEST_SECONDS);
        return new CachePolicy(
                field,
                true,
                Duration.ofSeconds(ttl),
                Duration.ofSeconds(maxTtl == null ? ttl : maxTtl),
                CacheScope.valueOf((String) Objects.requireNonNull(value("scope"))),
                duration(seconds("staleSeconds", 1, LONGEST_SECONDS)),
                duration(seconds("staleOnErrorSeconds", 1, LONGEST_SECONDS)),
                duration(seconds("negativeSeconds", 1, LONGEST_NEGATIVE_SECONDS)),
                Boolean.TRUE.equals(value("renew")));
    }

    private @Nullable Integer seconds(String argument, int least, int most) {
        Integer seconds = (Integer) value(argument);
        if (seconds != null && (seconds < least || seconds > most)) {
            throw new IllegalStateException("schema: %s @cache(%s: %d): must be between %d and %d seconds"
                    .formatted(field, argument, seconds, least, most));
        }
        return seconds;
    }

    private @Nullable Object value(String argument) {
        GraphQLAppliedDirectiveArgument given = directive.getArgument(argument);
        return given == null ? null : given.getValue();
    }

    private static Duration duration(@Nullable Integer seconds) {
        return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
    }
}
