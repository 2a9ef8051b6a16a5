package dev.towline.histories;

import java.util.stream.Stream;

/** The instance that acknowledged a write never answers anything older. */
final class InstanceKnowsItsWrites implements Rule {

    @Override
    public Stream<String> violations(History history) {
        return Older.find(
                history,
                (earlier, later) ->
                        earlier.isAcknowledgedWrite() && earlier.instance().equals(later.instance()),
                "an instance answered something older than it had acknowledged");
    }
}
