package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.edge.error.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class AcceptTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json                                                        | application/json",
                "application/graphql-response+json                                       |"
                        + " application/graphql-response+json",
                "*/*                                                                     | application/json",
                "application/*                                                           | application/json",
                "application/json; charset=utf-8                                         | application/json",
                "application/graphql-response+json, application/json;q=0.9               |"
                        + " application/graphql-response+json",
                "application/json;q=0.9, application/graphql-response+json               |"
                        + " application/graphql-response+json",
                "application/graphql-response+json, application/json                     |"
                        + " application/graphql-response+json",
                "application/json, application/graphql-response+json                     | application/json",
                "application/graphql-response+json, */*                                  |"
                        + " application/graphql-response+json",
                "application/json;q=0, */*                                               |"
                        + " application/graphql-response+json",
                "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8      | application/json"
            })
    void choosesThePreferredMediaType(String header, String expected) {
        assertThat(Accept.of(List.of(header))).isEqualTo(new Accept(MediaType.parseMediaType(expected), false, false));
    }

    @Test
    void defaultsToJson() {
        assertThat(Accept.of(List.of())).isEqualTo(new Accept(MediaType.APPLICATION_JSON, false, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "text/event-stream                                       | none | true",
                "text/event-stream, application/json                     | application/json | true",
                "application/json, text/event-stream                     | application/json | false",
                "text/event-stream;q=0.5, application/json               | application/json | false",
                "application/json;q=0.5, text/event-stream               | application/json | true",
                "text/event-stream, */*                                  | application/json | true",
                "application/graphql-response+json, application/json, text/event-stream, multipart/mixed"
                        + " | application/graphql-response+json | false"
            })
    void streamsIfTheHeaderNamesTheType(String header, @Nullable String whole, boolean first) {
        MediaType form = whole == null ? null : MediaType.parseMediaType(whole);

        assertThat(Accept.of(List.of(header))).isEqualTo(new Accept(form, true, first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "text/*", "text/event-stream;q=0", "nonsense"})
    void rejectsUnsupportedMediaTypes(String header) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> Accept.of(List.of(header)));
    }
}
