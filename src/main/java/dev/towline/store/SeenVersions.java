package dev.towline.store;

import dev.towline.problem.BadInput;
import dev.towline.viewer.Tenant;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a client has seen: {@code X-Towline-Seen: session:s1=17, vendor:v7=3}. The client gets nothing older, from any
 * instance.
 */
public record SeenVersions(List<Seen> versions) {

    public static final String HEADER = "X-Towline-Seen";

    private static final int MOST = 100;
    private static final Pattern SEPARATOR = Pattern.compile(",");
    private static final Pattern ONE = Pattern.compile("\\s*([a-z]+):(.{1,100})=(\\d{1,9})\\s*");

    private record Seen(String entity, String id, int version) {}

    /**
     * Parses the header.
     *
     * @param header all lines of the header as one list; null if the client has seen nothing
     * @param entities all kinds of entities
     * @throws BadInput if it is malformed
     */
    public static SeenVersions parse(@Nullable String header, Set<String> entities) {
        if (header == null || header.isBlank()) {
            return new SeenVersions(List.of());
        }
        List<Seen> versions = SEPARATOR
                .splitAsStream(header)
                // RFC 9110, 5.6.1 allows empty list elements.
                .filter(Predicate.not(String::isBlank))
                .map(each -> parseOne(each, entities))
                .toList();
        if (versions.size() > MOST) {
            throw new BadInput(HEADER, "must list at most " + MOST + " versions.");
        }
        return new SeenVersions(versions);
    }

    public boolean isEmpty() {
        return versions.isEmpty();
    }

    /** Calls the action with each seen version, for a client of the tenant. */
    public void forEach(Tenant tenant, ObjIntConsumer<EntityRef> action) {
        versions.forEach(seen -> action.accept(new EntityRef(seen.entity, tenant, seen.id), seen.version));
    }

    /** Whether the test holds for each seen version, for a client of the tenant. */
    public boolean allMatch(Tenant tenant, BiPredicate<EntityRef, Integer> test) {
        return versions.stream().allMatch(seen -> test.test(new EntityRef(seen.entity, tenant, seen.id), seen.version));
    }

    private static Seen parseOne(String text, Set<String> entities) {
        Matcher parts = ONE.matcher(text);
        if (!parts.matches() || !entities.contains(parts.group(1))) {
            throw new BadInput(
                    HEADER,
                    "must be a comma-separated list of versions, such as session:<id>=<version>; the kinds are "
                            + String.join(", ", entities.stream().sorted().toList()) + ".");
        }
        return new Seen(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3)));
    }
}
