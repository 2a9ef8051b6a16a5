package dev.towline.edge.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The valid and invalid messages of clients. */
class SocketMessageTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                                       | Message is expected to be"
                        + " an object",
                "no                                                                       | Invalid message received",
                "{'type':'ping'                                                           | Invalid message received",
                "{'type':'ping'} {}                                                       | Invalid message received",
                "null                                                                     | Message is expected to be"
                        + " an object",
                "1                                                                        | Message is expected to be"
                        + " an object",
                "'ping'                                                                   | Message is expected to be"
                        + " an object",
                "[]                                                                       | Message is expected to be"
                        + " an object",
                "{}                                                                       | Message is missing the"
                        + " 'type' property",
                "{'type':null}                                                            | Message is missing the"
                        + " 'type' property",
                "{'type':1}                                                               | Message is missing the"
                        + " 'type' property",
                "{'type':'PING'}                                                          | Invalid message 'type'"
                        + " property",
                "{'type':'start'}                                                         | Invalid message 'type'"
                        + " property",
                "{'type':'connection_ack'}                                                | Invalid message 'type'"
                        + " property",
                "{'type':'next','id':'1','payload':{}}                                    | Invalid message 'type'"
                        + " property",
                "{'type':'connection_init','payload':''}                                  | Message has no valid"
                        + " 'payload' property",
                "{'type':'connection_init','payload':[]}                                  | Message has no valid"
                        + " 'payload' property",
                "{'type':'ping','payload':1}                                              | Message has no valid"
                        + " 'payload' property",
                "{'type':'pong','payload':[]}                                             | Message has no valid"
                        + " 'payload' property",
                "{'type':'complete'}                                                      | Message has no valid 'id'"
                        + " property",
                "{'type':'complete','id':1}                                               | Message has no valid 'id'"
                        + " property",
                "{'type':'complete','id':''}                                              | Message has no valid 'id'"
                        + " property",
                "{'type':'subscribe','payload':{'query':'{ a }'}}                         | Message has no valid 'id'"
                        + " property",
                "{'type':'subscribe','id':1,'payload':{'query':'{ a }'}}                  | Message has no valid 'id'"
                        + " property",
                "{'type':'subscribe','id':'','payload':{'query':'{ a }'}}                 | Message has no valid 'id'"
                        + " property",
                "{'type':'subscribe','id':'1'}                                            | Message has no valid"
                        + " 'payload' property",
                "{'type':'subscribe','id':'1','payload':''}                               | Message has no valid"
                        + " 'payload' property",
                "{'type':'subscribe','id':'1','payload':{}}                               | The 'payload' has no valid"
                        + " 'query' property",
                "{'type':'subscribe','id':'1','payload':{'query':1}}                      | The 'payload' has no valid"
                        + " 'query' property",
                "{'type':'subscribe','id':'1','payload':{'query':'{ a }','operationName':1}} | The 'payload' has no"
                        + " valid 'operationName' property",
                "{'type':'subscribe','id':'1','payload':{'query':'{ a }','variables':'{}'}}  | The 'payload' has no"
                        + " valid 'variables' property",
                "{'type':'subscribe','id':'1','payload':{'query':'{ a }','extensions':[]}}   | The 'payload' has no"
                        + " valid 'extensions' property",
            })
    void reportsTheReason(String message, String reason) {
        assertThatThrownBy(() -> read(message))
                .isInstanceOf(SocketMessage.Malformed.class)
                .hasMessage(reason);
    }

    @Test
    void rejectsADeeplyNestedMessage() {
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(SocketMessage.Malformed.class)
                .hasMessage("Invalid message received");
    }

    @Test
    void treatsNullAsAbsent() {
        assertThat(read("{'type':'connection_init','payload':null}")).isEqualTo(new SocketMessage.Init(Map.of()));
        assertThat(read("{'type':'ping','payload':null}")).isEqualTo(new SocketMessage.Ping(null));
        assertThat(read("{'type':'pong','payload':null}")).isEqualTo(new SocketMessage.Pong());
        assertThat(read("{'type':'subscribe','id':'1','payload':"
                        + "{'query':'{ a }','operationName':null,'variables':null,'extensions':null}}"))
                .isInstanceOf(SocketMessage.Subscribe.class);
    }

    @Test
    void readsAnOperation() {
        assertThat(read("{'type':'subscribe','id':'1','payload':"
                        + "{'query':'query q { a }','operationName':'q','variables':{'b':{'c':[1]}},'extensions':{}}}"))
                .isEqualTo(new SocketMessage.Subscribe(
                        "1",
                        Map.of(
                                "query",
                                "query q { a }",
                                "operationName",
                                "q",
                                "variables",
                                Map.of("b", Map.of("c", List.of(1))),
                                "extensions",
                                Map.of())));
        assertThat(read("{'type':'complete','id':'1'}")).isEqualTo(new SocketMessage.Complete("1"));
    }

    private static SocketMessage read(String message) {
        return SocketMessage.read(JsonMapper.shared(), message.replace('\'', '"'));
    }
}
