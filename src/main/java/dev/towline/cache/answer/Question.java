package dev.towline.cache.answer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, whoever asks. Requests that differ only in the white space of their JSON, or in the order of the variables, ask the
 * same question.
 *
 * @param document the text of the document
 * @param operation the name of the operation, null if there is none
 * @param variables the variables as they were sent; they must not be changed any more
 * @param form the media type of the answer
 */
public record Question(
        String document, @Nullable String operation, Map<String, ? extends @Nullable Object> variables, String form) {}
