package dev.towline.viewer;

import java.util.regex.Pattern;

/**
 * A customer whose data is isolated from all other customers.
 *
 * @param name 1 to 64 ASCII letters, digits, {@code _} and {@code -}; it is part of storage keys and channel names
 */
public record Tenant(String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws IllegalArgumentException if the name has other characters or another length */
    public Tenant {
        if (!isName(name)) {
            throw new IllegalArgumentException("the name of a tenant must have 1 to 64 letters, digits, '_' and '-'");
        }
    }

    /** Whether this is a valid name of a tenant. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
