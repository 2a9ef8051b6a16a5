package dev.towline.authentication;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows {@link NobodyCanLogIn} as a readable failure report instead of a stack trace. */
final class NobodyCanLogInAnalyzer extends AbstractFailureAnalyzer<NobodyCanLogIn> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NobodyCanLogIn cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
