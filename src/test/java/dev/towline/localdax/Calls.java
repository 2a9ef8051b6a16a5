package dev.towline.localdax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Answers what clients ask of one node, the operations and what clients need to know for them. Blocking, thread-safe. */
final class Calls {

    private static final int LEADER = 1;
    private static final int REPLICA = 2;

    private final Operations operations;
    private final Membership membership;
    private final Items items;
    private final SingleItemCalls singleItems;
    private final PageCalls pages;
    private final BatchCalls batches;
    private final TransactionCalls transactions;

    Calls(Operations operations, Membership membership, Cbor cbor, Items items) {
        this.operations = operations;
        this.membership = membership;
        this.items = items;
        this.singleItems = new SingleItemCalls(operations, cbor, items);
        this.pages = new PageCalls(operations, cbor, items);
        this.batches = new BatchCalls(operations, cbor, items);
        this.transactions = new TransactionCalls(operations, cbor, items);
    }

    /**
     * Writes the body of an answer.
     *
     * @param arguments as many as the method has
     */
    void call(Method method, List<@Nullable Object> arguments, CborOutput out) {
        switch (method) {
            case AUTHORIZE -> throw new IllegalArgumentException("Has no answer");
            case ENDPOINTS -> endpoints(out);
            case DEFINE_KEY_SCHEMA -> keySchema(Arguments.name(arguments.getFirst()), out);
            case DEFINE_ATTRIBUTE_LIST_ID ->
                out.integer(items.idOf(Arguments.untagged(arguments.getFirst()).stream()
                        .map(Arguments::text)
                        .toList()));
            case DEFINE_ATTRIBUTE_LIST -> {
                List<String> names = items.namesOf(Arguments.longInteger(arguments.getFirst()));
                out.array(names.size());
                names.forEach(out::text);
                out.end();
            }
            case GET_ITEM -> singleItems.get(arguments, out);
            case PUT_ITEM -> singleItems.put(arguments, out);
            case UPDATE_ITEM -> singleItems.update(arguments, out);
            case DELETE_ITEM -> singleItems.delete(arguments, out);
            case BATCH_GET_ITEM -> batches.get(arguments, out);
            case BATCH_WRITE_ITEM -> batches.write(arguments, out);
            case QUERY -> pages.query(arguments, out);
            case SCAN -> pages.scan(arguments, out);
            case TRANSACT_GET_ITEMS -> transactions.get(arguments, out);
            case TRANSACT_WRITE_ITEMS -> transactions.write(arguments, out);
        }
    }

    private void endpoints(CborOutput out) {
        List<Member> members = membership.members();
        out.array(members.size());
        for (Member member : members) {
            out.map(7)
                    .key(0)
                    .integer(member.id())
                    .key(1)
                    .text(member.address().getHostAddress())
                    .key(2)
                    .binary(member.address().getAddress())
                    .key(3)
                    .integer(member.port())
                    .key(4)
                    .integer(member.leader() ? LEADER : REPLICA)
                    .key(5)
                    .text("local")
                    .key(6)
                    .integer(0)
                    .endMap();
        }
        out.end();
    }

    private void keySchema(String table, CborOutput out) {
        TableKey key = operations.keyOf(table);
        out.map(key.names().size())
                .key(key.hash().name())
                .text(letter(key.hash().type()));
        if (key.range() != null) {
            out.key(key.range().name()).text(letter(key.range().type()));
        }
        out.endMap();
    }

    private static String letter(ScalarAttributeType type) {
        return type.toString();
    }
}
