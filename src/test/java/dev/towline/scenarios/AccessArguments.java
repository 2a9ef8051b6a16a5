package dev.towline.scenarios;

import dev.towline.scenarios.AccessWorld.Job;

/** The arguments with which the matrix of access asks for a field of {@code Query}, {@code Mutation} or {@code Subscription}. */
final class AccessArguments {

    private static final String POSITION = "{latitude: 30.25, longitude: -97.75}";

    private AccessArguments() {}

    /** The arguments that make the field about this job; fails for an unknown field. */
    static String of(String field, Job job) {
        return switch (field) {
            case "getIncident" -> "(id: '%s')".formatted(job.incident());
            case "listIncidents", "onDispatchChanged", "getSharedSession", "getViewer" -> "";
            case "getTrackingSession" -> "(id: '%s')".formatted(job.session());
            case "getActiveSessionByIncident" -> "(incidentId: '%s')".formatted(job.incident());
            case "listTrackingSessions" -> "(filter: {incidentId: '%s'})".formatted(job.incident());
            case "getVendor" -> "(id: '%s')".formatted(job.vendor());
            case "getVendors" -> "(ids: ['%s'])".formatted(job.vendor());
            case "searchVendorsNearby" -> "(near: %s, radiusMiles: 50)".formatted(POSITION);
            case "getJob" -> "(id: '%s')".formatted(job.imported());
            case "listJobs" -> "(filter: {kinds: [VENDOR_IMPORT]})";
            case "onTrackingUpdated" -> "(sessionId: '%s')".formatted(job.session());
            default -> "(input: {%s})".formatted(input(field, job));
        };
    }

    private static String input(String mutation, Job job) {
        return switch (mutation) {
            case "createIncident" -> "kind: TIRE, description: 'in a tunnel', position: " + POSITION;
            case "cancelIncident" -> "incidentId: '%s'".formatted(job.incident());
            case "registerVendor" -> "name: 'Bob', phone: '1', rating: 1, capabilities: [], position: " + POSITION;
            case "updateVendor" -> "vendorId: '%s', name: 'Cab'".formatted(job.vendor());
            case "setVendorAvailability" -> "vendorId: '%s', availability: OFFLINE".formatted(job.vendor());
            case "startTrackingSession" ->
                "incidentId: '%s', vendorId: '%s'".formatted(job.reported(), job.available());
            case "updateSessionStatus" -> "sessionId: '%s', status: EN_ROUTE".formatted(job.session());
            case "updateLocation" -> "sessionId: '%s', location: %s".formatted(job.session(), AccessWorld.fix(50));
            case "updateLocations" ->
                "sessionId: '%s', locations: [%s, {latitude: 0, longitude: 0, recordedAt: '2026-01-01T00:00:00Z'}]"
                        .formatted(job.session(), AccessWorld.fix(50));
            case "createShareLink" -> "sessionId: '%s', expiresInMinutes: 5".formatted(job.session());
            case "revokeShareLink" -> "shareLinkId: '%s'".formatted(job.link().id());
            case "startVendorImport" -> "uploadId: '%s'".formatted(job.upload());
            case "startVendorReconciliation" -> "vendorsPerSecond: 100000";
            case "cancelJob" -> "jobId: '%s'".formatted(job.imported());
            case "evictCache" -> "all: true";
            default -> throw new IllegalArgumentException("no arguments for " + mutation);
        };
    }
}
