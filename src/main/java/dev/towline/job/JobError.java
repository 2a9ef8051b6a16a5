package dev.towline.job;

import org.jspecify.annotations.Nullable;

/**
 * What a job could not do.
 *
 * @param line the number of the line of the file, from 1; null if no line is at fault
 * @param reason what is wrong with it, at most {@link #MOST_CHARACTERS} characters
 */
public record JobError(@Nullable Integer line, String reason) {

    static final int MOST_CHARACTERS = 200;

    public JobError {
        if (reason.length() > MOST_CHARACTERS) {
            // not between the two halves of a character
            int end = Character.isHighSurrogate(reason.charAt(MOST_CHARACTERS - 2))
                    ? MOST_CHARACTERS - 2
                    : MOST_CHARACTERS - 1;
            reason = reason.substring(0, end) + "…";
        }
    }
}
