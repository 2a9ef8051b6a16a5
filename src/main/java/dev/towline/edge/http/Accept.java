package dev.towline.edge.http;

import dev.towline.edge.error.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The media types that a client accepts.
 *
 * @param whole the media type of an answer in one piece, null if the client accepts none
 * @param stream whether the client accepts an event stream
 * @param streamFirst whether the client prefers an event stream for every answer
 */
record Accept(@Nullable MediaType whole, boolean stream, boolean streamFirst) {

    /** The default media type. */
    static final MediaType JSON = MediaType.APPLICATION_JSON;

    /** The default for an absent or malformed header. */
    static final Accept JSON_ONLY = new Accept(JSON, false, false);

    private static final List<MediaType> WHOLE = List.of(JSON, MediaType.APPLICATION_GRAPHQL_RESPONSE);

    /**
     * A media type that the client accepts.
     *
     * @param quality the weight of the media type
     * @param byName whether the header has the media type itself, and not only a range
     * @param place the position in the header
     */
    private record Preference(MediaType form, double quality, boolean byName, int place) {

        private static final Comparator<Preference> BEST_FIRST = Comparator.comparingDouble(Preference::quality)
                .thenComparing(Preference::byName)
                .reversed()
                .thenComparingInt(Preference::place);
    }

    /**
     * Parses an {@code Accept} header.
     *
     * @throws Refusal if the header is malformed, or allows no supported media type
     */
    static Accept of(List<String> header) {
        List<MediaType> ranges;
        try {
            ranges = MediaType.parseMediaTypes(header);
        } catch (InvalidMediaTypeException malformed) {
            throw new Refusal(HttpStatus.NOT_ACCEPTABLE, null, "The `Accept` header cannot be parsed.");
        }
        if (ranges.isEmpty()) {
            return JSON_ONLY;
        }
        Optional<Preference> whole = WHOLE.stream()
                .flatMap(form -> preference(form, ranges).stream())
                .min(Preference.BEST_FIRST);
        // Only a client that names the type gets a stream: the */* of a browser means a page.
        Optional<Preference> stream =
                preference(MediaType.TEXT_EVENT_STREAM, ranges).filter(Preference::byName);
        if (whole.isEmpty() && stream.isEmpty()) {
            throw new Refusal(
                    HttpStatus.NOT_ACCEPTABLE,
                    null,
                    "`Accept` must allow application/json, application/graphql-response+json or text/event-stream.");
        }
        boolean streamFirst = Stream.concat(whole.stream(), stream.stream())
                .min(Preference.BEST_FIRST)
                .equals(stream);
        return new Accept(whole.map(Preference::form).orElse(null), stream.isPresent(), streamFirst);
    }

    /** The media type of an answer in one piece, JSON if the client accepts none. */
    MediaType wholeOrJson() {
        return whole == null ? JSON : whole;
    }

    /** The preference by the most specific range that includes the media type. */
    private static Optional<Preference> preference(MediaType form, List<MediaType> ranges) {
        return IntStream.range(0, ranges.size())
                .filter(place -> ranges.get(place).includes(form))
                .boxed()
                .min(Comparator.comparingInt((Integer place) -> wildness(ranges.get(place)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(place -> new Preference(
                        form, ranges.get(place).getQualityValue(), wildness(ranges.get(place)) == 0, place))
                .filter(preference -> preference.quality() > 0);
    }

    private static int wildness(MediaType range) {
        return (range.isWildcardType() ? 1 : 0) + (range.isWildcardSubtype() ? 1 : 0);
    }
}
