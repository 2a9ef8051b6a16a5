package dev.towline.localdax;

/** The connection of this request is to be closed without an answer. */
final class ConnectionCut extends RuntimeException {

    ConnectionCut() {
        super("The connection is cut");
    }
}
