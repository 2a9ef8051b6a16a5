package dev.towline.edge;

import dev.towline.audit.AuditLog;
import dev.towline.rate.TestRates;
import dev.towline.viewer.Authenticator;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The admission of requests, for tests of other packages. */
public final class SomeAdmissions {

    private SomeAdmissions() {}

    /** Refuses every request. */
    public static Admissions none() {
        return new Admissions(
                new Authenticator(List.of()),
                new AuditLog(InstantSource.system()),
                TestRates.local(TestRates.settings(Map.of())));
    }
}
