package dev.towline.demo;

/** How far a session is, in the words and the order of the API. */
enum Stage {
    ASSIGNED,
    EN_ROUTE,
    ARRIVED,
    IN_SERVICE,
    COMPLETED,
    CANCELLED;

    boolean isEnd() {
        return this == COMPLETED || this == CANCELLED;
    }

    boolean isBefore(Stage other) {
        return compareTo(other) < 0;
    }
}
