package dev.towline.edge.error;

import dev.towline.problem.Problem;
import graphql.execution.AbortExecutionException;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Hooks;

/**
 * Handles failures that occur after the caller has gone. Reactor would log each with its stack trace. Only faults of this service are
 * logged as errors.
 */
@Component
class DroppedErrors implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedErrors.class);

    @Override
    public void afterPropertiesSet() {
        Hooks.onErrorDropped(DroppedErrors::log);
    }

    static void log(Throwable dropped) {
        Throwable failure = ProblemErrors.unwrapped(dropped);
        // The errors of an ended stream were logged when they were resolved.
        if (failure instanceof Problem
                || failure instanceof CancellationException
                || failure instanceof AbortExecutionException
                || failure instanceof SubscriptionPublisherException) {
            LOG.debug("a failure came after its caller had gone: {}", failure.toString());
        } else {
            LOG.error("a failure came after its caller had gone", failure);
        }
    }
}
