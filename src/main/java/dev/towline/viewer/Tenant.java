package dev.towline.viewer;

import java.util.regex.Pattern;

/**
 * The customer whose data is read and written; nothing ever crosses from one tenant to another.
 *
 * @param name 1 to 64 of letters, digits, {@code _} and {@code -}: it is a part of storage keys and channel names
 */
public record Tenant(String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws IllegalArgumentException if the name has other characters or another length */
    public Tenant {
        if (!isName(name)) {
            throw new IllegalArgumentException("a tenant is 1 to 64 of letters, digits, '_' and '-'");
        }
    }

    /** Whether a tenant may have this name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
