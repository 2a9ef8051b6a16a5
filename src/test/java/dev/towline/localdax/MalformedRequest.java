package dev.towline.localdax;

/** What a client sent is not the protocol, or exceeds a limit. */
final class MalformedRequest extends RuntimeException {

    MalformedRequest(String message) {
        super(message);
    }
}
