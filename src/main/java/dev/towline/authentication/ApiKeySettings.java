package dev.towline.authentication;

import dev.towline.problem.Require;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The API keys of machines.
 *
 * @param apiKeys the keys: {@code name}, {@code sha256}, {@code role}, {@code tenant}, {@code vendor-id} of a VENDOR, and {@code expiry}
 */
@ConfigurationProperties("towline")
record ApiKeySettings(@DefaultValue List<ApiKey> apiKeys) {

    /**
     * An API key.
     *
     * @param name names it, and is the subject of the viewer after {@code key:}, except for a VENDOR
     * @param sha256 the SHA-256 hash of the key, in hexadecimal digits
     * @param role the role of the viewer
     * @param tenant the tenant of the viewer
     * @param vendorId of a VENDOR the id of its vendor, else absent
     * @param expiry when the key becomes invalid; absent: never
     */
    record ApiKey(
            @Nullable String name,
            @Nullable String sha256,
            @Nullable Role role,
            @Nullable String tenant,
            @Nullable String vendorId,
            @Nullable Instant expiry) {}

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

    ApiKeySettings {
        apiKeys = List.copyOf(apiKeys);
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (int i = 0; i < apiKeys.size(); i++) {
            check(i, apiKeys.get(i), names, hashes);
        }
    }

    private static void check(int index, ApiKey key, Set<String> names, Set<String> hashes) {
        String name = key.name;
        String sha256 = key.sha256;
        require(
                name != null && Require.isNewId(name),
                index,
                "name",
                "must have 1 to 64 characters out of A-Z, a-z, 0-9, _ . : and -");
        require(name != null && names.add(name), index, "name", "must not be the name of another key");
        require(
                sha256 != null && SHA_256.matcher(sha256).matches(),
                index,
                "sha256",
                "must have 64 hexadecimal digits");
        require(
                sha256 != null && hashes.add(sha256.toLowerCase(Locale.ROOT)),
                index,
                "sha256",
                "must not be the hash of another key");
        require(
                key.role != null && key.role != Role.GUEST,
                index,
                "role",
                "must be OPERATOR, DISPATCHER, VENDOR or CALLER");
        require(
                key.tenant != null && Tenant.isName(key.tenant),
                index,
                "tenant",
                "must have 1 to 64 letters, digits, '_' and '-'");
        require(
                key.role == Role.VENDOR ? key.vendorId != null && Require.isNewId(key.vendorId) : key.vendorId == null,
                index,
                "vendor-id",
                "must be the id of a vendor if the role is VENDOR, and absent otherwise");
    }

    private static void require(boolean holds, int index, String setting, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException("towline.api-keys[%d].%s: %s".formatted(index, setting, requirement));
        }
    }
}
