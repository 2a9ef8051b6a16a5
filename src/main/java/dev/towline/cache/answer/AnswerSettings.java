package dev.towline.cache.answer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the memory of whole answers.
 *
 * @param enabled whether whole answers are remembered
 * @param maxWeight the approximate maximum memory of the answers and the requests that they answer
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

    /** Settings that remember nothing. */
    public static AnswerSettings off() {
        return new AnswerSettings(false, DataSize.ofBytes(0));
    }
}
