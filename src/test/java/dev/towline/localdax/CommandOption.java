package dev.towline.localdax;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An option of {@link LocalDaxCommand}, each of the form {@code --name=value}. */
enum CommandOption {
    DYNAMO_ENDPOINT("URL", "where DynamoDB is; AWS if not given", (dax, url) -> dax.dynamoEndpoint(URI.create(url))),
    REGION(
            "NAME",
            "of DynamoDB; from the environment if not given, us-east-1 for an endpoint that is not AWS",
            LocalDaxBuilder::region),
    CREDENTIALS("ID:SECRET", "for DynamoDB; from the environment if not given", CommandOption::credentials),
    DYNAMO_CONNECTIONS("NUMBER", "100 if not given", (dax, connections) -> dax.dynamoConnections(number(connections))),
    PORT(
            "NUMBER",
            "of the first node; the first free one from 8111 on if not given, 0 for any",
            (dax, port) -> dax.port(number(port))),
    ADDRESS("ADDRESS", "to listen on; loopback if not given", (dax, address) -> dax.address(address(address))),
    ADVERTISED_ADDRESS(
            "ADDRESS",
            "by which clients reach the nodes; the one to listen on if not given",
            (dax, address) -> dax.advertisedAddress(address(address))),
    NODES("NUMBER", "of the cluster; 1 if not given", (dax, nodes) -> dax.nodes(number(nodes))),
    PINNED(
            "true|false",
            "whether a client stays with the node whose URL it has; false if not given",
            (dax, on) -> dax.pinned(flag(on))),
    ITEM_CACHE("true|false", "true if not given", (dax, on) -> dax.itemCache(flag(on))),
    QUERY_CACHE("true|false", "true if not given", (dax, on) -> dax.queryCache(flag(on))),
    ITEM_TTL("DURATION", "of items; 5m if not given, 0 for ever", (dax, time) -> dax.itemTimeToLive(duration(time))),
    QUERY_TTL(
            "DURATION",
            "of pages of queries and scans; 5m if not given, 0 for ever",
            (dax, time) -> dax.queryTimeToLive(duration(time))),
    ITEM_CACHE_SIZE("SIZE", "for each node; 64MB if not given", (dax, size) -> dax.itemCacheBytes(bytes(size))),
    QUERY_CACHE_SIZE("SIZE", "for each node; 64MB if not given", (dax, size) -> dax.queryCacheBytes(bytes(size))),
    REPLICATION_DELAY(
            "DURATION",
            "until other nodes see a write; 100ms if not given",
            (dax, delay) -> dax.replicationDelay(duration(delay))),
    LAST_ONE_WINS(
            "true|false",
            "whether what ends last is cached even if it may be older; false if not given",
            (dax, on) -> dax.lastOneWins(flag(on))),
    ATTRIBUTE_LIST_FILE(
            "FILE",
            "keeps what clients have registered for the next start; none if not given",
            (dax, file) -> dax.attributeListFile(Path.of(file))),
    LIMITS(
            "NAME:VALUE,...",
            "of requests and connections, with the names of WireLimits, such as"
                    + " connections:50,idle:90s,requestBytes:4MB",
            (dax, limits) -> dax.limits(limits(limits))),
    COUNTERS_EVERY("DURATION", "prints the counters so often; only at the end if not given", (dax, interval) -> {});

    private static final Pattern DURATION_FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");
    private static final Pattern SIZE_FORM = Pattern.compile("(\\d{1,9})(KB|MB|GB)?");

    private final String valueForm;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
    private final BiConsumer<LocalDaxBuilder, String> effect;

    CommandOption(String valueForm, String help, BiConsumer<LocalDaxBuilder, String> effect) {
        this.valueForm = valueForm;
        this.help = help;
        this.effect = effect;
    }

    static Optional<CommandOption> named(String flag) {
        return Arrays.stream(values())
                .filter(option -> option.flag().equals(flag))
                .findFirst();
    }

    static String usage() {
        return Arrays.stream(values())
                .map(option -> "  %-32s %s%n".formatted(option.flag() + "=" + option.valueForm, option.help))
                .collect(Collectors.joining(
                        "",
                        "Runs a local DAX cluster in front of a DynamoDB endpoint until it is ended.%n%n".formatted(),
                        "%nDURATION is such as 500ms, 30s, 5m or 1h; SIZE such as 500KB, 64MB or 1GB.%n".formatted()));
    }

    /** Such as {@code --item-ttl}. */
    String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException saying what is wrong with the value */
    void apply(LocalDaxBuilder dax, String value) {
        effect.accept(dax, value);
    }

    static Duration duration(String value) {
        Matcher form = DURATION_FORM.matcher(value);
        if (!form.matches() || (form.group(2) == null && !value.equals("0"))) {
            throw new IllegalArgumentException("%s is not a duration such as 500ms, 30s, 5m or 1h".formatted(value));
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case null, default -> Duration.ZERO;
        };
    }

    private static long bytes(String value) {
        Matcher form = SIZE_FORM.matcher(value);
        if (!form.matches()) {
            throw new IllegalArgumentException("%s is not a size such as 500KB, 64MB or 1GB".formatted(value));
        }
        int shift = switch (form.group(2)) {
            case "KB" -> 10;
            case "MB" -> 20;
            case "GB" -> 30;
            case null, default -> 0;
        };
        return Long.parseLong(form.group(1)) << shift;
    }

    private static WireLimits limits(String value) {
        Map<String, String> given = new HashMap<>();
        for (String limit : value.split(",", -1)) {
            int colon = limit.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(limit + " has not the form NAME:VALUE");
            }
            given.put(limit.substring(0, colon), limit.substring(colon + 1));
        }
        WireLimits defaults = WireLimits.defaults();
        var limits = new WireLimits(
                Math.toIntExact(take(given, "requestBytes", CommandOption::bytes, (long) defaults.requestBytes())),
                take(given, "depth", CommandOption::number, defaults.depth()),
                take(given, "values", CommandOption::number, defaults.values()),
                take(given, "connections", CommandOption::number, defaults.connections()),
                take(given, "idle", CommandOption::duration, defaults.idle()),
                take(given, "requestTime", CommandOption::duration, defaults.requestTime()),
                take(given, "answerTime", CommandOption::duration, defaults.answerTime()),
                take(given, "attributeListBytes", CommandOption::bytes, defaults.attributeListBytes()));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no limit " + given.keySet().iterator().next());
        }
        return limits;
    }

    private static <T> T take(Map<String, String> given, String name, Function<String, T> form, T other) {
        String value = given.remove(name);
        return value == null ? other : form.apply(value);
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(value + " is not a whole number", e);
        }
    }

    private static boolean flag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value + " is neither true nor false");
        };
    }

    private static InetAddress address(String value) {
        try {
            return InetAddress.getByName(value);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(value + " is not an address", e);
        }
    }

    private static void credentials(LocalDaxBuilder dax, String value) {
        int colon = value.indexOf(':');
        if (colon < 1 || colon == value.length() - 1) {
            throw new IllegalArgumentException("credentials have the form ID:SECRET");
        }
        dax.credentials(value.substring(0, colon), value.substring(colon + 1));
    }
}
