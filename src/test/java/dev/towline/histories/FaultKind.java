package dev.towline.histories;

import dev.towline.dynamo.Fault;
import java.time.Duration;
import java.util.List;

/** What goes wrong, from {@link #begin} to {@link #end}. */
enum FaultKind {
    /** An instance is killed and later started again. */
    INSTANCE_KILLED {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.cluster().kill(instance);
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.cluster().start(instance);
        }
    },
    REDIS_STOPPED {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.redis().stop();
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.redis().start();
        }
    },
    /** Redis takes requests and does not answer. */
    REDIS_PAUSED {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.redis().pause();
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.redis().resume();
        }
    },
    /** Redis starts again with nothing in it. */
    REDIS_STARTED_EMPTY {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.redisCommands().flush();
            stack.redis().stop();
            stack.redis().start();
        }

        @Override
        void end(FaultyStack stack, int instance) {}
    },
    /** Instances do not hear each other: the connections of subscribers break, again and again. */
    CHANNEL_CUT {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.redisCommands().cutSubscribers(true);
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.redisCommands().cutSubscribers(false);
        }
    },
    DYNAMO_SLOW {
        @Override
        void begin(FaultyStack stack, int instance) {
            ALL.forEach(operation -> stack.dynamo().always(operation, Fault.slow(Duration.ofMillis(300))));
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.dynamo().calm();
        }
    },
    DYNAMO_THROTTLED {
        @Override
        void begin(FaultyStack stack, int instance) {
            ALL.forEach(operation -> stack.dynamo().always(operation, Fault.sometimes(3, Fault.throughputExceeded())));
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.dynamo().calm();
        }
    },
    /** DynamoDB stores every second write and does not answer. */
    DYNAMO_TIMES_OUT_AFTER_WRITE {
        @Override
        void begin(FaultyStack stack, int instance) {
            WRITES.forEach(operation -> stack.dynamo().always(operation, Fault.sometimes(2, Fault.answerNeverComes())));
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.dynamo().calm();
        }
    };

    private static final List<String> WRITES = List.of("PutItem", "TransactWriteItems");
    private static final List<String> ALL =
            List.of("GetItem", "BatchGetItem", "Query", "PutItem", "TransactWriteItems");

    /** Blocks until it is in effect. */
    abstract void begin(FaultyStack stack, int instance);

    /** Blocks until it is over. */
    abstract void end(FaultyStack stack, int instance);
}
