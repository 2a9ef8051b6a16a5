package dev.towline.demo;

import java.util.Set;

/** The service did not do what it was asked to. */
final class ApiFailure extends RuntimeException {

    /** No answer, or none that is GraphQL. */
    static final String NO_ANSWER = "NO_ANSWER";

    private static final Set<String> FINAL = Set.of("BAD_INPUT", "NOT_FOUND", "CONFLICT", "FORBIDDEN");

    private final String code;

    /** @param code as in {@code extensions.code} */
    ApiFailure(String code, String message) {
        super(code + ": " + message);
        this.code = code;
    }

    /** Whether the same call would be refused again; else the service is in trouble, and the call may come later. */
    boolean isRefusal() {
        return FINAL.contains(code);
    }
}
