package dev.towline.histories;

import java.util.stream.Stream;

/** A client that sends the versions that it has seen never gets an older one, from any instance. */
final class SeenNeverGoesBack implements Rule {

    @Override
    public Stream<String> violations(History history) {
        return history.operations().stream()
                .flatMap(operation -> operation.entities().stream()
                        .filter(each -> each.version() < operation.seen().getOrDefault(each.entity(), 0))
                        .map(each -> "%s is older than what the client said it had seen: %s"
                                .formatted(each.entity(), operation)));
    }
}
