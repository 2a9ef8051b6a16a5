package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.scenarios.AccessWorld.Job;
import dev.towline.viewer.Role;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.graphql.execution.GraphQlSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every field of the schema as every role, against own, ended, foreign and absent objects and those of another tenant. A dispatcher reads all of
 * it before, so that caches have it. The expectations are the tables of {@code infra-notes/access.md}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccessMatrixScenarios extends RunningTowline {

    private static final AccessRules RULES = AccessRules.read();

    /** A role never sees these: the data of the matrix has no value for them. */
    private static final Set<String> WITHOUT_VALUE = Set.of("TrackingUpdate.missed");

    private final AccessView view;
    private final GraphQLSchema schema;

    @Autowired
    AccessMatrixScenarios(GraphQlSource source) {
        this.schema = source.schema();
        this.view = new AccessView(schema, RULES);
    }

    @Test
    void hasARuleForEveryField() {
        List<String> fields = new ArrayList<>();
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLFieldsContainer container
                    && !type.getName().startsWith("__")) {
                container.getFieldDefinitions().forEach(field -> fields.add(type.getName() + "." + field.getName()));
            }
        }
        assertThat(RULES.fields()).containsExactlyInAnyOrderElementsOf(fields);
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void showsWhatTheRoleMaySee(Role role) {
        AccessWorld world = AccessWorld.open(dispatcher.api(), newTenant());
        for (GraphQLFieldDefinition field : view.rootFields("Query")) {
            switch (RULES.of("Query." + field.getName(), role)) {
                case "all" ->
                    Stream.of(world.active(), world.ended(), world.foreign())
                            .forEach(job -> isSeen(world, field, role, job, null));
                case "own" ->
                    Stream.of(world.active(), world.ended())
                            // staff has nothing of its own but itself
                            .forEach(job ->
                                    isSeen(world, field, role, job, role.isStaff() ? Set.of() : world.own(role)));
                default -> {}
            }
        }
    }

    private void isSeen(
            AccessWorld world, GraphQLFieldDefinition field, Role role, Job job, @Nullable Set<String> own) {
        boolean isShared = field.getName().equals("getSharedSession");
        JsonNode seen = ask(
                        switch (field.getName()) {
                            case "getSharedSession" -> world.viewer(Role.DISPATCHER, job);
                            case "getViewer" -> world.viewer(role, job);
                            // nobody else sees them
                            case "getJob", "listJobs" -> world.viewer(Role.OPERATOR, job);
                            default -> world.dispatcher().api();
                        },
                        "",
                        isShared ? "getTrackingSession" : field.getName(),
                        field,
                        job)
                .path("data")
                .iterator()
                .next();
        JsonNode response = ask(world.viewer(role, job), "", field.getName(), field, job);
        boolean isActive = !job.equals(world.ended());
        JsonNode expected = view.expected(field, seen, role, own, isActive);
        assertThat(response.path("data").path(field.getName()))
                .as("%s as %s: %s", field.getName(), role, response)
                .isEqualTo(own == null ? expected : onOnePage(expected));
        assertThat(response.has("errors")).as("%s", response).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheViewerWhoItIs(Role role) {
        AccessWorld world = AccessWorld.open(dispatcher.api(), newTenant());
        JsonNode tenant = world.dispatcher().api().query("getViewer { tenant }").path("tenant");
        Caller viewer = world.viewer(role, world.active());
        JsonNode told = viewer.query("getViewer { role subject tenant }");
        assertThat(told.path("role").asString()).isEqualTo(role.name());
        assertThat(told.path("tenant")).isEqualTo(tenant);
        assertThat(told.path("subject").asString())
                .isEqualTo(
                        switch (role) {
                            case OPERATOR, DISPATCHER -> viewer.subject();
                            case VENDOR -> world.active().vendor();
                            case CALLER -> "caller";
                            case GUEST -> world.active().link().id();
                        });
    }

    /** A list as if there were nothing but its edges, so that its end tells nothing of others. */
    private static JsonNode onOnePage(JsonNode value) {
        if (value.path("pageInfo") instanceof ObjectNode page) {
            JsonNode edges = value.path("edges");
            page.put("hasNextPage", false);
            page.put("hasPreviousPage", false);
            page.put("startCursor", edges.path(0).path("cursor").asStringOpt().orElse(null));
            page.put(
                    "endCursor",
                    edges.path(edges.size() - 1).path("cursor").asStringOpt().orElse(null));
        }
        return value;
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void showsNothingElse(Role role) {
        AccessWorld world = AccessWorld.open(dispatcher.api(), newTenant());
        for (String type : List.of("Query", "Mutation")) {
            for (GraphQLFieldDefinition field : view.rootFields(type)) {
                String before = world.versions();
                hidesOthers(world, type, field, role);
                assertThat(world.versions())
                        .as("versions after %s", field.getName())
                        .isEqualTo(before);
            }
        }
    }

    private void hidesOthers(AccessWorld world, String type, GraphQLFieldDefinition field, Role role) {
        Job absent = Job.absent();
        String rule = RULES.of(type + "." + field.getName(), role);
        List<Job> jobs = switch (rule) {
            case "all" -> List.of(world.elsewhere());
            case "own" -> List.of(world.foreign(), world.elsewhere());
            default -> List.of(world.active(), world.ended(), world.foreign(), world.elsewhere());
        };
        boolean isAboutAnObject = !AccessArguments.of(field.getName(), absent)
                .equals(AccessArguments.of(field.getName(), world.foreign()));
        if (!isAboutAnObject && (rule.equals("all") || rule.equals("own"))) {
            return; // a creation, or a list
        }
        Caller viewer = world.viewer(role, world.active());
        String prefix = type.equals("Query") ? "" : "mutation ";
        String nothing = comparable(ask(viewer, prefix, field.getName(), field, absent), absent);
        if (rule.equals("no")) {
            assertThat(nothing).as("%s as %s", field.getName(), role).contains("FORBIDDEN");
        } else if (type.equals("Mutation")) {
            assertThat(nothing).as("%s as %s", field.getName(), role).contains("NOT_FOUND");
        } else {
            assertThat(nothing).as("%s as %s", field.getName(), role).doesNotContain("errors");
        }
        for (Job job : jobs) {
            dispatcherReads(world, type, field, job);
            assertThat(comparable(ask(viewer, prefix, field.getName(), field, job), job))
                    .as("%s as %s", field.getName(), role)
                    .isEqualTo(nothing);
        }
    }

    private void dispatcherReads(AccessWorld world, String type, GraphQLFieldDefinition field, Job job) {
        if (type.equals("Query")) {
            ask(world.dispatcher().api(), "", field.getName(), field, job);
        }
    }

    private static String comparable(JsonNode response, Job job) {
        return job.withoutIds(response.toString().replaceAll("\"correlationId\":\"[^\"]*\"", ""));
    }

    @ParameterizedTest
    @EnumSource
    @Order(3)
    void letsTheRoleChangeWhatItMay(Role role) {
        for (GraphQLFieldDefinition field : view.rootFields("Mutation")) {
            String rule = RULES.of("Mutation." + field.getName(), role);
            if (rule.equals("no")) {
                continue;
            }
            AccessWorld world = AccessWorld.openActive(newTenant());
            Job job = rule.equals("all") ? world.foreign() : world.active();
            JsonNode response = ask(world.viewer(role, world.active()), "mutation ", field.getName(), field, job);
            assertThat(response.has("errors"))
                    .as("%s as %s: %s", field.getName(), role, response)
                    .isFalse();
            JsonNode value = response.path("data").path(field.getName());
            assertThat(value.isNull()).isFalse();
            view.holds(field, value, role);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(4)
    void streamsWhatTheRoleMaySee(Role role) {
        AccessWorld world = AccessWorld.open(dispatcher.api(), newTenant());
        GraphQLFieldDefinition field = view.rootField("Subscription", "onTrackingUpdated");
        String selection = view.selection(field);
        String inner = selection.substring(selection.indexOf('{') + 1, selection.lastIndexOf('}'));
        for (Job job : List.of(world.active(), world.ended())) {
            JsonNode seen = first(world.dispatcher().api(), job.session(), inner);
            assertThat(first(world.viewer(role, job), job.session(), inner))
                    .as("%s", role)
                    .isEqualTo(view.expected(field, seen, role, null, !job.equals(world.ended())));
        }
        if (!role.isStaff()) {
            Refusal nothing = refusal(world.viewer(role, world.active()), Job.absent());
            nothing.is("NOT_FOUND", "sessionId");
            assertThat(refusal(world.viewer(role, world.active()), world.foreign()))
                    .isEqualTo(nothing);
            assertThat(refusal(world.viewer(role, world.active()), world.elsewhere()))
                    .isEqualTo(nothing);
        }
    }

    private static JsonNode first(Caller viewer, String session, String selection) {
        try (Watching watching = Watching.session(viewer, session, selection)) {
            return watching.next();
        }
    }

    private static Refusal refusal(Caller viewer, Job job) {
        try (Watching watching = Watching.session(viewer, job.session(), "kind")) {
            return watching.refusal();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(5)
    void showsOnTheBoardWhatTheRoleMaySee(Role role) {
        AccessWorld world = AccessWorld.open(dispatcher.api(), newTenant());
        GraphQLFieldDefinition field = view.rootField("Subscription", "onDispatchChanged");
        String selection = view.selection(field);
        String inner = selection.substring(selection.indexOf('{') + 1, selection.lastIndexOf('}'));
        String rule = RULES.of("Subscription.onDispatchChanged", role);
        try (Watching watching = Watching.board(world.viewer(role, world.active()), null, inner)) {
            if (rule.equals("no")) {
                watching.refusal().is("FORBIDDEN", null);
                return;
            }
            JsonNode change = watching.next();
            assertThat(change.path("kind").asString()).isEqualTo("RESET");
            world.dispatcher().step(world.foreign().session(), "IN_SERVICE");
            JsonNode version = world.dispatcher()
                    .step(world.active().session(), "IN_SERVICE")
                    .path("version");
            // whether the stream tells an earlier change of the vendor is chance
            world.dispatcher()
                    .api()
                    .mutate("updateVendor(input: {vendorId: '%s', name: 'Cab'}) { id }"
                            .formatted(world.active().vendor()));
            Set<String> ids = new TreeSet<>();
            boolean isTold = false;
            // The stream begins with changes from before it, which lists may lack. Each shows the present state.
            while (!isTold
                    || !ids.contains(world.active().incident())
                    || !ids.contains(world.active().vendor())) {
                change = watching.next();
                isTold |= change.path("id").asString("").equals(world.active().session())
                        && change.path("version").equals(version);
                ids.add(change.path("id").asString(""));
                view.holds(field, change, role);
                if (role == Role.VENDOR) {
                    assertThat(change.at("/incident/description").isString())
                            .as("the description on the board")
                            .isFalse();
                }
            }
            assertThat(ids.contains(world.foreign().session())).isEqualTo(rule.equals("all"));
        }
    }

    /** Also where the page is small and the objects of others lie between. */
    @ParameterizedTest
    @EnumSource(names = {"VENDOR", "CALLER"})
    void listsOwnObjectsWithoutHoles(Role role) {
        AccessWorld world = AccessWorld.open(dispatcher.api(), newTenant());
        Caller viewer = world.viewer(role, world.active());
        String last = world.active().session();

        assertThat(ids(viewer, "listTrackingSessions"))
                .containsExactly(last, world.ended().session());
        assertThat(ids(viewer, "listIncidents"))
                .containsExactlyInAnyOrderElementsOf(
                        role == Role.VENDOR
                                ? List.of()
                                : List.of(
                                        world.active().incident(),
                                        world.active().reported(),
                                        world.ended().incident(),
                                        world.ended().reported()));
        String ofOther =
                "listTrackingSessions(filter: {vendorId: '%s'}) { edges { node { id } } pageInfo { endCursor } }";
        assertThat(viewer.query(ofOther.formatted(world.foreign().vendor())))
                .isEqualTo(viewer.query(ofOther.formatted("nobody")))
                .isEqualTo(Json.json("{edges: [], pageInfo: {endCursor: null}}"));
    }

    /** Vendors that had the same incident one after another: a page of the one ends where its own sessions end. */
    @Test
    void aCursorTellsAVendorNothingOfTheOtherVendorsOfAnIncident() {
        String incident = dispatcher.incident();
        String former = dispatcher.vendor();
        String first = dispatcher.session(incident, former);
        dispatcher.step(first, "CANCELLED");
        String vendor = dispatcher.vendor();
        String second = dispatcher.session(incident, vendor);
        String list = "listTrackingSessions(filter: {incidentId: '%s'}, first: %d)"
                + " { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
        for (int size : List.of(1, 20)) {
            for (var own : Map.of(former, first, vendor, second).entrySet()) {
                JsonNode seen = vendor(own.getKey()).query(list.formatted(incident, size));
                assertThat(seen.at("/edges/0/node/id").asString()).isEqualTo(own.getValue());
                assertThat(seen).isEqualTo(onOnePage(seen.deepCopy()));
            }
            assertThat(vendor(dispatcher.vendor()).query(list.formatted(incident, size)))
                    .isEqualTo(vendor(former).query(list.formatted("none", size)));
        }
    }

    private Caller vendor(String id) {
        return dispatcher.api().named(id).with("X-Towline-Local-Role", "VENDOR");
    }

    private static List<String> ids(Caller viewer, String list) {
        return Pages.of(
                        viewer,
                        list
                                + "(%s) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage"
                                + " endCursor } }")
                .ids(1, () -> {});
    }

    /** The age of a hit would tell that somebody has read the object. */
    @ParameterizedTest
    @EnumSource
    void tellsOnlyStaffWhatTheCacheDid(Role role) {
        AccessWorld world = AccessWorld.open(dispatcher.api(), newTenant());
        JsonNode report = world.viewer(role, world.active())
                .with("X-Towline-Cache-Report", "1")
                .response(
                        "{ getVendor(id: '%s') { id } }"
                                .formatted(world.foreign().vendor()),
                        Map.of())
                .at("/extensions/cache");
        assertThat(report.has("/getVendor")).isEqualTo(role.isStaff());
    }

    /** Otherwise a field that nobody asked for would pass. */
    @Test
    @Order(6)
    void hasTriedEveryRule() {
        Set<String> untried = new TreeSet<>();
        for (String field : RULES.fields()) {
            for (Role role : Role.values()) {
                if (Set.of("yes", "active").contains(RULES.of(field, role)) && !WITHOUT_VALUE.contains(field)) {
                    untried.add(role + ": " + field);
                }
            }
        }
        untried.removeAll(view.tried());
        assertThat(untried).isEmpty();
    }

    private JsonNode ask(Caller viewer, String operation, String name, GraphQLFieldDefinition field, Job job) {
        return viewer.response(
                operation + "{ " + name + AccessArguments.of(name, job) + view.selection(field) + " }", Map.of());
    }
}
