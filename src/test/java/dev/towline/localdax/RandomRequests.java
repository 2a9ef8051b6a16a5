package dev.towline.localdax;

import dev.towline.localdax.TableKey.KeyAttribute;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Random items and expressions about them, which often enough agree in names and types to mean something. Not thread-safe. */
final class RandomRequests {

    /** Names that need a placeholder among them. */
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "x.y", "größe", "with space", "#odd");

    private final RandomGenerator random;
    private final TableKey key;
    private final List<AttributeValue> hashes;
    private final List<AttributeValue> ranges;

    RandomRequests(RandomGenerator random, TableKey key) {
        this.random = random;
        this.key = key;
        this.hashes = keyValues(key.hash().type(), 4);
        this.ranges = key.range() == null ? List.of() : keyValues(key.range().type(), 5);
    }

    /** Names and values of the expressions of one request. */
    static final class Placeholders {

        final Map<String, String> names = new LinkedHashMap<>();
        final Map<String, AttributeValue> values = new LinkedHashMap<>();

        String name(String name) {
            for (Map.Entry<String, String> each : names.entrySet()) {
                if (each.getValue().equals(name)) {
                    return each.getKey();
                }
            }
            String placeholder = "#p" + names.size();
            names.put(placeholder, name);
            return placeholder;
        }

        String value(AttributeValue value) {
            String placeholder = ":p" + values.size();
            values.put(placeholder, value);
            return placeholder;
        }

        @Nullable
        Map<String, String> namesOrNull() {
            return names.isEmpty() ? null : names;
        }

        @Nullable
        Map<String, AttributeValue> valuesOrNull() {
            return values.isEmpty() ? null : values;
        }
    }

    Map<String, AttributeValue> key() {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(key.hash().name(), hash());
        if (key.range() != null) {
            values.put(key.range().name(), oneOf(ranges));
        }
        return values;
    }

    /** Distinct, as a batch and a transaction want them. */
    List<Map<String, AttributeValue>> keys(int most) {
        return IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(_ -> key())
                .distinct()
                .toList();
    }

    Map<String, AttributeValue> item(Map<String, AttributeValue> itsKey) {
        Map<String, AttributeValue> item = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            item.put(oneOf(NAMES), value(3));
        }
        if (random.nextInt(3) == 0) {
            item.put("kind", AttributeValue.fromS("kind" + random.nextInt(2)));
            item.put("rank", AttributeValue.fromN(Integer.toString(random.nextInt(5))));
        }
        item.putAll(itsKey);
        return item;
    }

    AttributeValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> AttributeValue.fromS(text());
            case 1 -> AttributeValue.fromN(number());
            case 2 -> AttributeValue.fromB(bytes());
            case 3 -> AttributeValue.fromBool(random.nextBoolean());
            case 4 -> AttributeValue.fromNul(true);
            case 5 -> AttributeValue.fromSs(distinct(this::text));
            case 6 -> AttributeValue.fromNs(distinctNumbers());
            case 7 -> AttributeValue.fromBs(distinct(this::bytes));
            case 8 ->
                AttributeValue.fromL(IntStream.range(0, random.nextInt(4))
                        .mapToObj(_ -> value(depth - 1))
                        .toList());
            default -> {
                Map<String, AttributeValue> map = new HashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(oneOf(NAMES), value(depth - 1));
                }
                yield AttributeValue.fromM(map);
            }
        };
    }

    String condition(Placeholders given, int depth) {
        int kind = random.nextInt(depth > 0 ? 11 : 8);
        return switch (kind) {
            case 0, 1 -> operand(given) + " " + oneOf(List.of("=", "<>", "<", ">=", ">", "<=")) + " " + operand(given);
            case 2 -> "attribute_exists(" + path(given) + ")";
            case 3 -> "attribute_not_exists(" + path(given) + ")";
            case 4 -> {
                AttributeValue type =
                        AttributeValue.fromS(oneOf(List.of("S", "N", "B", "L", "M", "SS", "NS", "BS", "NULL", "BOOL")));
                yield "attribute_type(%s, %s)".formatted(path(given), given.value(type));
            }
            case 5 ->
                random.nextBoolean()
                        ? "begins_with(%s, %s)".formatted(path(given), given.value(AttributeValue.fromS(text())))
                        : "contains(%s, %s)".formatted(path(given), given.value(value(0)));
            case 6 -> {
                AttributeValue low = AttributeValue.fromN("-" + random.nextInt(100));
                AttributeValue high = AttributeValue.fromN(Integer.toString(random.nextInt(100)));
                yield "%s BETWEEN %s AND %s".formatted(operand(given), given.value(low), given.value(high));
            }
            case 7 -> "%s IN (%s, %s)".formatted(path(given), given.value(value(1)), given.value(value(0)));
            case 8 -> "NOT " + grouped(condition(given, depth - 1));
            default ->
                grouped(condition(given, depth - 1))
                        + (kind == 9 ? " AND " : " OR ")
                        + grouped(condition(given, depth - 1));
        };
    }

    String update(Placeholders given) {
        List<String> names = new ArrayList<>(NAMES);
        Supplier<String> next = () -> given.name(names.remove(random.nextInt(names.size())));
        var text = new StringBuilder();
        if (random.nextInt(4) != 0) {
            List<String> actions = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                actions.add(set(next.get(), given));
            }
            text.append("SET ").append(String.join(", ", actions)).append(' ');
        }
        if (random.nextInt(3) == 0) {
            text.append("REMOVE ")
                    .append(next.get())
                    .append(random.nextInt(4) == 0 ? "[1]" : "")
                    .append(' ');
        }
        if (random.nextInt(4) == 0) {
            AttributeValue sum = random.nextBoolean()
                    ? AttributeValue.fromN(Integer.toString(random.nextInt(100)))
                    : AttributeValue.fromSs(distinct(this::text));
            text.append("ADD ")
                    .append(next.get())
                    .append(' ')
                    .append(given.value(sum))
                    .append(' ');
        }
        if (text.isEmpty() || random.nextInt(4) == 0) {
            text.append("DELETE ")
                    .append(next.get())
                    .append(' ')
                    .append(given.value(AttributeValue.fromSs(distinct(this::text))));
        }
        return text.toString();
    }

    /** Paths that often overlap, which both sides are to refuse. */
    String projection(Placeholders given) {
        List<String> paths = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            paths.add(random.nextInt(8) == 0 ? given.name(key.hash().name()) : path(given));
        }
        return String.join(", ", paths);
    }

    String keyCondition(Placeholders given) {
        String text = "%s = %s".formatted(given.name(key.hash().name()), given.value(hash()));
        KeyAttribute range = key.range();
        if (range == null || random.nextBoolean()) {
            return text;
        }
        String name = given.name(range.name());
        String value = given.value(oneOf(ranges));
        return text + " AND "
                + switch (random.nextInt(4)) {
                    case 0 -> "%s %s %s".formatted(name, oneOf(List.of("=", "<", ">=", ">", "<=")), value);
                    case 1 -> "%s BETWEEN %s AND %s".formatted(name, value, given.value(oneOf(ranges)));
                    case 2 -> "begins_with(%s, %s)".formatted(name, value);
                    default -> "%s > %s".formatted(name, value);
                };
    }

    AttributeValue hash() {
        return oneOf(hashes);
    }

    private String set(String name, Placeholders given) {
        AttributeValue one = AttributeValue.fromN(number());
        return name + " = "
                + switch (random.nextInt(6)) {
                    case 0 ->
                        "%s + %s"
                                .formatted(
                                        random.nextBoolean() ? name : path(given),
                                        given.value(AttributeValue.fromN("1")));
                    case 1 -> "%s - %s".formatted(given.value(one), given.value(AttributeValue.fromN("2.5")));
                    case 2 -> "if_not_exists(%s, %s)".formatted(path(given), given.value(value(2)));
                    case 3 -> {
                        String empty = given.value(AttributeValue.fromL(List.of()));
                        String more = given.value(AttributeValue.fromL(List.of(value(1))));
                        yield "list_append(if_not_exists(%s, %s), %s)".formatted(name, empty, more);
                    }
                    default -> given.value(value(2));
                };
    }

    private String operand(Placeholders given) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> path(given);
            case 2 -> "size(" + path(given) + ")";
            default -> given.value(random.nextBoolean() ? AttributeValue.fromN(number()) : value(1));
        };
    }

    private String path(Placeholders given) {
        var text = new StringBuilder(given.name(oneOf(NAMES)));
        while (random.nextInt(3) == 0) {
            if (random.nextBoolean()) {
                text.append('[').append(random.nextInt(3)).append(']');
            } else {
                text.append('.').append(given.name(oneOf(NAMES)));
            }
        }
        return text.toString();
    }

    private String grouped(String condition) {
        return condition.contains(" AND ") || condition.contains(" OR ") || condition.startsWith("NOT ")
                ? "(" + condition + ")"
                : condition;
    }

    private List<AttributeValue> keyValues(ScalarAttributeType type, int count) {
        List<AttributeValue> values = new ArrayList<>();
        while (values.size() < count) {
            AttributeValue value = switch (type) {
                case S -> AttributeValue.fromS(text() + "k");
                case N -> AttributeValue.fromN(number());
                default ->
                    AttributeValue.fromB(
                            SdkBytes.fromByteArray((text() + "k").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            };
            values.add(value);
        }
        return values;
    }

    private String text() {
        return oneOf(List.of("", "a", "ab", "abc", "ü", "\uD83D\uDE80", "long".repeat(20), "ab" + random.nextInt(3)));
    }

    private SdkBytes bytes() {
        byte[] bytes = new byte[random.nextInt(4)];
        random.nextBytes(bytes);
        return SdkBytes.fromByteArray(bytes);
    }

    private String number() {
        return switch (random.nextInt(7)) {
            case 0 -> Integer.toString(random.nextInt(-5, 5));
            case 1 -> Long.toString(random.nextLong());
            case 2 -> new BigInteger(120, new java.util.Random(random.nextLong())).toString();
            case 3 ->
                new BigDecimal(random.nextInt(-1000, 1000))
                        .movePointLeft(random.nextInt(6))
                        .toPlainString();
            case 4 -> random.nextInt(1, 1000) + "E" + random.nextInt(-120, 120);
            case 5 -> "-0.000" + random.nextInt(1, 1_000_000);
            default -> random.nextInt(10) + ".500";
        };
    }

    private <T> List<T> distinct(Supplier<T> element) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> element.get())
                .distinct()
                .toList();
    }

    private List<String> distinctNumbers() {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> new BigDecimal(number()).stripTrailingZeros())
                .distinct()
                .map(BigDecimal::toString)
                .toList();
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
