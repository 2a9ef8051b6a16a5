package dev.towline.local;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes Spring Boot print the reason and the remedy instead of a stack trace. */
class LocalRunRefusedAnalyzer extends AbstractFailureAnalyzer<LocalRunRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, LocalRunRefused cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
    }
}
