package dev.towline.cache.answer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the memory of whole answers.
 *
 * @param enabled whether whole answers are remembered
 * @param maxWeight the approximate maximum memory of the answers and the requests that they answer. Bodies and query strings of requests
 *     get a quarter of it, headers of requests an eighth.
 */
@ConfigurationProperties("towline.cache.answers")
public record AnswerSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("32MB") DataSize maxWeight) {

    public AnswerSettings {
        if (maxWeight.isNegative()) {
            throw new IllegalArgumentException(
                    "towline.cache.answers.max-weight must not be negative, but is " + maxWeight);
        }
    }

    long requestBytes() {
        return maxWeight.toBytes() / 4;
    }

    /** The memory for the headers of requests. */
    public long headBytes() {
        return maxWeight.toBytes() / 8;
    }

    long answerBytes() {
        return maxWeight.toBytes() - requestBytes() - headBytes();
    }

    /** Settings that remember nothing. */
    public static AnswerSettings off() {
        return new AnswerSettings(false, DataSize.ofBytes(0));
    }
}
