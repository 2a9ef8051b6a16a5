package dev.towline.histories;

import dev.towline.dynamo.Fault;
import java.time.Duration;
import java.util.List;

/** What goes wrong, from {@link #begin} to {@link #end}. Each makes sure that it happens: what has no effect fails the run. */
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
            stack.redisCommands().requirePing(Ping.REFUSED);
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.redis().start();
            stack.redisCommands().requirePing(Ping.ANSWERED);
        }
    },
    /** Redis takes requests and does not answer. */
    REDIS_PAUSED {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.redis().pause();
            stack.redisCommands().requirePing(Ping.SILENT);
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.redis().resume();
            stack.redisCommands().requirePing(Ping.ANSWERED);
        }
    },
    /** Redis loses its disk: it starts again with nothing in it. */
    REDIS_STARTED_EMPTY {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.redisCommands().setMark();
            stack.redis().stop();
            stack.deleteFilesOfRedis();
            stack.redis().start();
            stack.redisCommands().requireNoMark();
        }

        @Override
        void end(FaultyStack stack, int instance) {}
    },
    /** Instances do not hear each other: the connections of subscribers break, again and again. */
    CHANNEL_CUT {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.redisCommands().beginToCutSubscribers();
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.redisCommands().endToCutSubscribers();
        }
    },
    DYNAMO_SLOW {
        @Override
        void begin(FaultyStack stack, int instance) {
            Fault slow = stack.counted(this, Fault.slow(Duration.ofMillis(300)));
            ALL.forEach(operation -> stack.dynamo().always(operation, slow));
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.dynamo().calm();
        }
    },
    DYNAMO_THROTTLED {
        @Override
        void begin(FaultyStack stack, int instance) {
            Fault refused = stack.counted(this, Fault.throughputExceeded());
            ALL.forEach(operation -> stack.dynamo().always(operation, Fault.sometimes(3, refused)));
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
            Fault unanswered = stack.counted(this, Fault.answerNeverComes());
            WRITES.forEach(operation -> stack.dynamo().always(operation, Fault.sometimes(2, unanswered)));
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.dynamo().calm();
        }
    },
    /** No node of DAX listens. */
    DAX_GONE {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.dax().stopAll();
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.dax().startAll();
        }
    },
    /** The node of DAX that one instance reads from is gone. */
    DAX_GONE_FOR_ONE {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.dax().stop(instance);
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.dax().start(instance);
        }
    },
    /** DAX answers later than the service waits. */
    DAX_SLOW {
        @Override
        void begin(FaultyStack stack, int instance) {
            stack.dax().delayAll(FaultyDax.TIME_LIMIT.multipliedBy(2));
        }

        @Override
        void end(FaultyStack stack, int instance) {
            stack.dax().calm();
        }
    };

    private static final List<String> WRITES = List.of("PutItem", "TransactWriteItems");
    private static final List<String> ALL =
            List.of("GetItem", "BatchGetItem", "Query", "PutItem", "TransactWriteItems");

    /** Blocks until it is in effect. */
    abstract void begin(FaultyStack stack, int instance);

    /** Blocks until it is over. */
    abstract void end(FaultyStack stack, int instance);

    /** Whether it changes requests to DynamoDB, which are counted. */
    boolean isOfDynamo() {
        return name().startsWith("DYNAMO_");
    }

    /** Whether streams may be late while it lasts: instances do not hear each other, or cannot read what they missed. */
    boolean delaysStreams() {
        return switch (this) {
            case REDIS_STOPPED, REDIS_PAUSED, REDIS_STARTED_EMPTY, CHANNEL_CUT, DYNAMO_SLOW, DYNAMO_THROTTLED -> true;
            case INSTANCE_KILLED, DYNAMO_TIMES_OUT_AFTER_WRITE, DAX_GONE, DAX_GONE_FOR_ONE, DAX_SLOW -> false;
        };
    }

    /** Whether a stream of any instance may break: it cannot read its session. */
    boolean breaksStreams() {
        return isOfDynamo();
    }
}
