package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;

import dev.towline.viewer.Role;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What there is for the matrix of access: objects of a caller and a vendor, of others in the same tenant, and of another tenant.
 *
 * @param dispatcher a dispatcher of the tenant
 * @param active an active job of the caller and the vendor
 * @param ended an ended job of both
 * @param foreign an active job of another caller and another vendor
 * @param elsewhere an active job of another tenant, of viewers with the same subjects
 */
record AccessWorld(Dispatcher dispatcher, Job active, Job ended, Job foreign, Job elsewhere) {

    private static final String CALLER = "caller";

    /**
     * The objects of a job.
     *
     * @param reported an incident of the same caller that waits for a vendor
     * @param available a vendor that waits for an incident
     * @param link what its guest presents
     * @param upload a file that an operator of the tenant has sent, the same for all jobs of the tenant
     * @param imported the import of that file, which has ended
     */
    record Job(
            String incident,
            String session,
            String vendor,
            String reported,
            String available,
            SharedLink link,
            String upload,
            String imported) {

        /** One that does not exist. */
        static Job absent() {
            String id = UUID.randomUUID().toString();
            return new Job(id, id, id, id, id, new SharedLink(id, URI.create("#")), id, id);
        }

        /** A text, such as an answer, without these ids. */
        String withoutIds(String text) {
            return Stream.of(incident, session, vendor, reported, available, link.id(), upload, imported)
                    .reduce(text, (rest, id) -> rest.replace(id, "ID"));
        }
    }

    static AccessWorld open(Caller dispatcher, Caller elsewhere) {
        Imported own = Imported.begin(dispatcher);
        Imported others = Imported.begin(elsewhere);
        String vendor = vendor(dispatcher, "v-own");
        Job ended = job(dispatcher, CALLER, vendor, own);
        new Dispatcher(dispatcher).step(ended.session(), "COMPLETED");
        Job active = job(dispatcher, CALLER, vendor, own);
        Job foreign = job(dispatcher, "other", vendor(dispatcher, "v-other"), own);
        Job outside = job(elsewhere, CALLER, vendor(elsewhere, "v-else"), others);
        own.awaitEnd(dispatcher);
        others.awaitEnd(elsewhere);
        return new AccessWorld(new Dispatcher(dispatcher), active, ended, foreign, outside);
    }

    /** Only the active jobs: no job has ended, and there is none of another tenant. It costs half as much. */
    static AccessWorld openActive(Caller dispatcher) {
        Imported own = Imported.begin(dispatcher);
        Job active = job(dispatcher, CALLER, vendor(dispatcher, "v-own"), own);
        Job foreign = job(dispatcher, "other", vendor(dispatcher, "v-other"), own);
        own.awaitEnd(dispatcher);
        return new AccessWorld(new Dispatcher(dispatcher), active, Job.absent(), foreign, Job.absent());
    }

    private static String vendor(Caller dispatcher, String id) {
        return dispatcher
                .mutate("registerVendor(input: {id: '%s', name: 'Ace', phone: '555-0100', rating: 4.5,".formatted(id)
                        + " capabilities: [TOWING], position: {latitude: 30.25, longitude: -97.75}}) { id }")
                .path("id")
                .asString();
    }

    private record Imported(String upload, String job) {

        /** Begins an import with an error and a warning. It goes on while the rest of the world is made. */
        static Imported begin(Caller dispatcher) {
            Imports imports = Imports.of(dispatcher);
            String upload = imports.upload("id,odd\nbad " + dispatcher.tenant() + ",1\n");
            return new Imported(upload, imports.start(upload));
        }

        void awaitEnd(Caller dispatcher) {
            Imports.of(dispatcher).ended(job);
        }
    }

    private static Job job(Caller dispatcher, String callerSubject, String vendor, Imported imported) {
        Caller caller = dispatcher.named(callerSubject).with("X-Towline-Local-Role", "CALLER");
        String incident = incident(caller);
        Dispatcher desk = new Dispatcher(dispatcher);
        String session = desk.session(incident, vendor);
        dispatcher.mutate("updateLocations(input: {sessionId: '%s', locations: [%s, %s]}) { outcome }"
                .formatted(session, fix(200), fix(100)));
        return new Job(
                incident,
                session,
                vendor,
                incident(caller),
                desk.vendor(),
                SharedLink.of(dispatcher, session),
                imported.upload,
                imported.job);
    }

    private static String incident(Caller caller) {
        return caller.mutate("createIncident(input: {kind: TIRE, description: 'at the bridge',"
                        + " position: {latitude: 30.25, longitude: -97.75}}) { id }")
                .path("id")
                .asString();
    }

    /** A fix with everything that a device can say. */
    static String fix(int secondsAgo) {
        return secondsAgo(secondsAgo).literal().replace("}", ", headingDegrees: 90, accuracyMeters: 5}");
    }

    /** Somebody of this role whom this job concerns. */
    Caller viewer(Role role, Job job) {
        Caller named = switch (role) {
            case OPERATOR, DISPATCHER -> dispatcher.api();
            case VENDOR -> dispatcher.api().named(job.vendor());
            case CALLER -> dispatcher.api().named(CALLER);
            case GUEST -> dispatcher.api().with("X-Towline-Share", job.link().text());
        };
        return named.with("X-Towline-Local-Role", role.name());
    }

    /** The ids of the objects that a viewer of this role sees in a list. */
    Set<String> own(Role role) {
        return switch (role) {
            case OPERATOR, DISPATCHER -> throw new IllegalArgumentException("sees all");
            case VENDOR, GUEST -> Set.of(active.session, ended.session, active.vendor);
            case CALLER ->
                Set.of(active.session, ended.session, active.incident, ended.incident, active.reported, ended.reported);
        };
    }

    /** The versions of all objects of the tenant. */
    String versions() {
        List<String> fields = Stream.of(active, ended, foreign)
                .flatMap(job -> Stream.of(
                        "getIncident(id: '%s') { version }".formatted(job.incident),
                        "getIncident(id: '%s') { version }".formatted(job.reported),
                        "getTrackingSession(id: '%s') { version }".formatted(job.session),
                        "getVendor(id: '%s') { version }".formatted(job.vendor)))
                .toList();
        StringBuilder document = new StringBuilder("{");
        for (int i = 0; i < fields.size(); i++) {
            document.append(" f").append(i).append(": ").append(fields.get(i));
        }
        JsonNode data = dispatcher.api().ask(document.append(" }").toString()).data();
        return data.toString();
    }
}
