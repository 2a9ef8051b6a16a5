package dev.towline.requests;

import dev.towline.requests.Request.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges an answer by what has to be true of every one. */
final class Verdict {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> KEYS = Set.of("data", "errors", "extensions");

    /** Statuses of HTTP and codes of a closed WebSocket that say that the service is at fault, or that it waited in vain. */
    private static final Set<Integer> FAULTS = Set.of(0, 500, 502, 504, 1006, 1011, 4408, 4499, 4500);

    private static final Pattern JAVA = Pattern.compile("\\b(java|graphql|org|dev|tools)\\.[a-z]+\\.|Exception\\b");

    private Verdict() {}

    /** What is wrong with it; empty if nothing is. */
    static List<String> flaws(Request request, Answer answer) {
        Set<String> flaws = new LinkedHashSet<>(answer.flaws());
        int status = answer.status();
        if (FAULTS.contains(status)) {
            flaws.add("status " + status);
        }
        if (answer.mediaType().contains("html")) {
            flaws.add("HTML");
        }
        if (!request.target().matches("/graphql(\\?.*)?")) {
            return List.copyOf(flaws);
        }
        boolean refused = status >= 400 && status < 600;
        if (refused && !request.method().equals("HEAD") && answer.results().isEmpty()) {
            flaws.add("status " + status + " without a body in the common form");
        }
        answer.results().forEach(result -> flaws.addAll(ofResult(result)));
        if (request.transport() != Transport.RAW && answer.hasData() && !isJson(request)) {
            flaws.add("data for a body that is not JSON in UTF-8");
        }
        return List.copyOf(flaws);
    }

    private static List<String> ofResult(JsonNode result) {
        List<String> flaws = new ArrayList<>();
        if (!KEYS.containsAll(result.propertyNames()) || (!result.has("data") && !result.has("errors"))) {
            flaws.add("not a result of GraphQL");
        }
        if (result.has("errors") && result.path("errors").isEmpty()) {
            flaws.add("no errors in errors");
        }
        for (JsonNode error : result.path("errors")) {
            String code = error.at("/extensions/code").asString("");
            String message = error.path("message").asString("");
            if (code.isEmpty() || message.isEmpty()) {
                flaws.add("an error without code or message");
            }
            if (code.equals("INTERNAL")) {
                flaws.add("INTERNAL");
            }
            if (JAVA.matcher(message).find()) {
                flaws.add("words of Java in a message");
            }
        }
        return flaws;
    }

    /** Whether the request as a whole was answered with an error, so that nothing may have been done. */
    static boolean isRefused(Answer answer, boolean oneField) {
        boolean unavailable = answer.results().stream()
                .flatMap(result -> result.path("errors").valueStream())
                .anyMatch(error -> error.at("/extensions/code").asString("").equals("UNAVAILABLE"));
        if (unavailable) {
            return false;
        }
        boolean refused = answer.status() >= 400 || answer.results().stream().noneMatch(result -> result.has("data"));
        boolean onlyFieldRefused = oneField
                && answer.results().stream()
                        .allMatch(result -> result.path("data").isNull()
                                && result.path("errors")
                                        .valueStream()
                                        .allMatch(error -> error.path("path").size() == 1));
        return refused || onlyFieldRefused;
    }

    private static boolean isJson(Request request) {
        for (byte[] message : request.messages()) {
            try {
                // a WebSocket client sends text, in which it has replaced what is no UTF-8
                String text = request.transport() == Transport.WEBSOCKET
                        ? new String(message, StandardCharsets.UTF_8)
                        : StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(message))
                                .toString();
                JSON.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
            } catch (CharacterCodingException | JacksonException malformed) {
                return false;
            }
        }
        return true;
    }
}
