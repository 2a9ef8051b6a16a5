package dev.towline.requests;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back. For one thread. */
public final class Answer {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private final List<JsonNode> results = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int status;
    private String mediaType = "";
    private String entityTag = "";

    /** The status of HTTP, 101 for a WebSocket, or the code that it was closed with. */
    int status() {
        return status;
    }

    void status(int code) {
        status = code;
    }

    String mediaType() {
        return mediaType;
    }

    void mediaType(String type) {
        mediaType = type;
    }

    String entityTag() {
        return entityTag;
    }

    void entityTag(String tag) {
        entityTag = tag;
    }

    /** The results of GraphQL in it, in their order. */
    List<JsonNode> results() {
        return results;
    }

    /** What is wrong with its form. */
    List<String> flaws() {
        return flaws;
    }

    void flaw(String flaw) {
        flaws.add(flaw);
    }

    boolean hasData() {
        return results.stream().anyMatch(result -> result.path("data").isObject());
    }

    void read(byte[] json) {
        JsonNode result = parsed(json);
        if (result != null) {
            results.add(result);
        }
    }

    void read(JsonNode result) {
        results.add(result);
    }

    /** Reads JSON as a strict client does; null if it cannot be. */
    @Nullable
    JsonNode parsed(byte[] json) {
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            text.append(decoded, 0, Math.min(decoded.length(), 2000)).append('\n');
            JsonNode parsed = STRICT.readTree(decoded);
            if (hasLoneSurrogate(parsed)) {
                flaw("a lone surrogate in the answer");
            }
            return parsed;
        } catch (CharacterCodingException malformed) {
            flaw("not UTF-8");
        } catch (JacksonException malformed) {
            flaw(decodedStart(json).startsWith("<") ? "HTML" : "not JSON");
        }
        return null;
    }

    private static String decodedStart(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 20), StandardCharsets.UTF_8).strip();
    }

    private static boolean hasLoneSurrogate(JsonNode node) {
        return node.isString()
                ? LONE_SURROGATE.matcher(node.asString()).find()
                : node.valueStream().anyMatch(Answer::hasLoneSurrogate);
    }

    @Override
    public String toString() {
        return status + " " + mediaType + " " + text.toString().strip();
    }
}
