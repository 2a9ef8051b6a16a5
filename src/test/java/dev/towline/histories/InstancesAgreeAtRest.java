package dev.towline.histories;

import java.util.stream.Stream;

/** When all faults are over and nobody writes, every instance shows what any answer has ever shown, or newer. */
final class InstancesAgreeAtRest implements Rule {

    @Override
    public Stream<String> violations(History history) {
        return Older.find(
                history,
                (_, later) -> later.isFinal(),
                "at rest an instance shows something older than an earlier answer");
    }
}
