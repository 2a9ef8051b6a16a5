package dev.towline.viewer;

import java.util.regex.Pattern;

/**
 * A customer whose data is isolated from all other customers.
 *
 * @param name 1 to 64 ASCII letters, digits, {@code _} and {@code -}; it is part of storage keys and channel names
 */
public record Tenant(String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Owns what belongs to all tenants together. No viewer has it. */
    public static final Tenant SERVICE = new Tenant("_service");

    /** @throws IllegalArgumentException if the name has other characters or another length */
    public Tenant {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a tenant must have 1 to 64 letters, digits, '_' and '-'");
        }
    }

    /** Whether a viewer can have a tenant of this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals(SERVICE.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
