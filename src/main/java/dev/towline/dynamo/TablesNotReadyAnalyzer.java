package dev.towline.dynamo;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows {@link TablesNotReady} as a readable failure report instead of a stack trace. */
final class TablesNotReadyAnalyzer extends AbstractFailureAnalyzer<TablesNotReady> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, TablesNotReady cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
