package dev.towline.edge.error;

import dev.towline.problem.Problem;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Hooks;

/**
 * What becomes of a failure that comes after its caller has gone: Reactor would log each with its stack trace. One that a caller would
 * have been told of in words is of no interest any more; a fault of this service still is.
 */
@Component
class DroppedErrors implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(DroppedErrors.class);

    @Override
    public void afterPropertiesSet() {
        Hooks.onErrorDropped(DroppedErrors::note);
    }

    static void note(Throwable dropped) {
        Throwable failure = ProblemErrors.unwrapped(dropped);
        // the errors of a stream that ended were logged when they were resolved
        if (failure instanceof Problem
                || failure instanceof CancellationException
                || failure instanceof SubscriptionPublisherException) {
            LOG.debug("a failure came after its caller had gone: {}", failure.toString());
        } else {
            LOG.error("a failure came after its caller had gone", failure);
        }
    }
}
