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
 * The forms in which a caller takes an answer.
 *
 * @param whole the form of an answer in one piece, null if the caller takes none
 * @param stream whether the caller takes a stream
 * @param streamFirst whether the caller takes everything as a stream
 */
record Accept(@Nullable MediaType whole, boolean stream, boolean streamFirst) {

    /** The form of whoever does not say. */
    static final MediaType JSON = MediaType.APPLICATION_JSON;

    /** What is answered to whoever does not say, or says it so that it cannot be read. */
    static final Accept JSON_ONLY = new Accept(JSON, false, false);

    private static final List<MediaType> WHOLE = List.of(JSON, MediaType.APPLICATION_GRAPHQL_RESPONSE);

    /** How much a caller likes a form, and where in its list that stands. */
    private record Wish(MediaType form, double quality, boolean byName, int place) {

        private static final Comparator<Wish> BEST_FIRST = Comparator.comparingDouble(Wish::quality)
                .thenComparing(Wish::byName)
                .reversed()
                .thenComparingInt(Wish::place);
    }

    /**
     * Reads an {@code Accept} header.
     *
     * @throws Refusal if it cannot be read or allows nothing that there is
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
        Optional<Wish> whole =
                WHOLE.stream().flatMap(form -> wish(form, ranges).stream()).min(Wish.BEST_FIRST);
        // a stream only for whoever names it: a browser's */* means a page
        Optional<Wish> stream = wish(MediaType.TEXT_EVENT_STREAM, ranges).filter(Wish::byName);
        if (whole.isEmpty() && stream.isEmpty()) {
            throw new Refusal(
                    HttpStatus.NOT_ACCEPTABLE,
                    null,
                    "`Accept` must allow application/json, application/graphql-response+json or text/event-stream.");
        }
        boolean streamFirst = Stream.concat(whole.stream(), stream.stream())
                .min(Wish.BEST_FIRST)
                .equals(stream);
        return new Accept(whole.map(Wish::form).orElse(null), stream.isPresent(), streamFirst);
    }

    /** The form for an answer in one piece that has to be given in any case. */
    MediaType wholeOrJson() {
        return whole == null ? JSON : whole;
    }

    /** What the most specific range that includes the form says about it. */
    private static Optional<Wish> wish(MediaType form, List<MediaType> ranges) {
        return IntStream.range(0, ranges.size())
                .filter(place -> ranges.get(place).includes(form))
                .boxed()
                .min(Comparator.comparingInt((Integer place) -> wildness(ranges.get(place)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(place ->
                        new Wish(form, ranges.get(place).getQualityValue(), wildness(ranges.get(place)) == 0, place))
                .filter(wish -> wish.quality() > 0);
    }

    private static int wildness(MediaType range) {
        return (range.isWildcardType() ? 1 : 0) + (range.isWildcardSubtype() ? 1 : 0);
    }
}
