package dev.towline.scenarios;

import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.Http;
import dev.towline.local.RecordedTraces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Imports of vendors: what becomes of each row, and how a job is seen, repeated and cancelled. */
class ImportScenarios extends RunningTowline {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Imports imports = Imports.of(Caller.nobody(0));

    @BeforeEach
    void openAnOffice() {
        imports = Imports.of(dispatcher.api());
    }

    @Test
    void registersNewVendors() {
        JsonNode job = imports.load("""
            id,name,phone,capabilities,rating,latitude,longitude,serviceRadiusMiles
            v1,"Zōr Kōṯ, Inc.",555-0100,TOWING|WINCHING,4.5,33.5,69.75,60
            v2,日本語,,,,-10,20,
            """);
        assertThat(job.path("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(job.path("kind").asString()).isEqualTo("VENDOR_IMPORT");
        assertThat(job.path("progress").asDouble()).isEqualTo(1);
        assertThat(List.of(
                        job.path("rowsDone").asInt(),
                        job.path("rowsTotal").asInt(),
                        job.path("rowsChanged").asInt(),
                        job.path("errorCount").asInt()))
                .containsExactly(2, 2, 2, 0);
        assertThat(job.path("startedAt").asString())
                .isLessThanOrEqualTo(job.path("endedAt").asString());
        assertThat(profile("v1"))
                .isEqualTo(json(
                        "{name: 'Zōr Kōṯ, Inc.', phone: '555-0100', capabilities: ['TOWING', 'WINCHING'], rating: 4.5,"
                                + " availability: 'AVAILABLE', position: {latitude: 33.5, longitude: 69.75},"
                                + " serviceRadiusMiles: 60.0, version: 1}"));
        assertThat(profile("v2"))
                .isEqualTo(json("{name: '日本語', phone: null, capabilities: [], rating: null, availability: 'AVAILABLE',"
                        + " position: {latitude: -10.0, longitude: 20.0}, serviceRadiusMiles: 300.0, version: 1}"));
    }

    @Test
    void changesOnlyTheColumnsOfTheFileAndOnlyWhereTheyDiffer() {
        dispatcher
                .api()
                .mutate("registerVendor(input: {id: 'v1', name: 'Ace', phone: '1', rating: 3, capabilities:"
                        + " [FUEL_DELIVERY], position: {latitude: 1, longitude: 2}}) { id }");
        dispatcher
                .api()
                .mutate("registerVendor(input: {id: 'v2', name: 'Bob', rating: 4, capabilities: [],"
                        + " position: {latitude: 3, longitude: 4}}) { id }");
        // so that caches have them
        JsonNode bob = profile("v2");
        profile("v1");

        JsonNode job = imports.load("id,rating,phone\nv1,4.5,\nv2,4,\n");

        assertThat(job.path("rowsChanged").asInt()).isEqualTo(1);
        assertThat(profile("v1"))
                .isEqualTo(json("{name: 'Ace', phone: '1', capabilities: ['FUEL_DELIVERY'], rating: 4.5,"
                        + " availability: 'AVAILABLE', position: {latitude: 1.0, longitude: 2.0},"
                        + " serviceRadiusMiles: 300.0, version: 2}"));
        assertThat(profile("v2")).isEqualTo(bob);
    }

    @Test
    void tellsWhichRowsAreBadAndLoadsTheOthers() {
        String csv = """
            id,name,lat,lon,postcode
            v1,One,1,1,
            v2,Two,north,1,
            v3,,3,3,

            v5,"Five",95,5,
            bad id,Six,6,6,
            v7,"Seven
            and sons",7,7,
            v9,"Nine"th,9,9,
            v10,Ten,10
            v11,"Eleven,11,11,
            v12,Twelve,12,12,x
            """;
        JsonNode job = imports.load(csv);
        assertThat(job.path("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(job.path("errors")).isEqualTo(json("""
            [{line: 3, reason: '`latitude` is not a number.'},
             {line: 4, reason: '`name` is required.'},
             {line: 6, reason: '`latitude` must be between -90 and 90 degrees.'},
             {line: 7, reason: '`id` must have 1 to 64 characters out of A-Z, a-z, 0-9, _ . : and -'},
             {line: 10, reason: 'The row is not CSV: a quoted value must end before a comma or the end of the row.'},
             {line: 11, reason: 'The row has 3 values, but there are 5 columns.'},
             {line: 12, reason: 'A quote is not closed.'}]\
            """));
        assertThat(job.path("warnings")).isEqualTo(json("['The column `postcode` is unknown and ignored.']"));
        assertThat(List.of(
                        job.path("rowsDone").asInt(),
                        job.path("rowsChanged").asInt(),
                        job.path("errorCount").asInt()))
                .containsExactly(10, 3, 7);
        assertThat(dispatcher.api().query("getVendors(ids: ['v1', 'v7', 'v12', 'v2']) { name }"))
                .isEqualTo(json("[{name: 'One'}, {name: 'Seven\\nand sons'}, {name: 'Twelve'}, null]"));
    }

    @Test
    void keepsTheFirstHundredErrorsAndCountsAll() {
        String rows =
                IntStream.range(0, 1_100).mapToObj(i -> "v%d,x".formatted(i)).collect(Collectors.joining("\n"));
        JsonNode job = imports.load("id,rating\n" + rows);
        assertThat(job.path("errorCount").asInt()).isEqualTo(1_100);
        assertThat(job.path("errors").size()).isEqualTo(100);
        assertThat(job.at("/errors/99/line").asInt()).isEqualTo(101);
    }

    @Test
    void loadsNdjsonAsTheApiHasIt() {
        byte[] file = """
            {"id": "v1", "name": "Ace", "phone": "1", "position": {"latitude": 1, "longitude": 2}, "capabilities": ["LOCKOUT"]}
            {"id": "v1", "phone": null}
            """.getBytes(StandardCharsets.UTF_8);
        JsonNode job =
                imports.ended(imports.start(imports.upload(file, Map.of("Content-Type", "application/x-ndjson"))));
        assertThat(job.path("errors")).isEqualTo(json("[]"));
        // the rows of one vendor are loaded in their order
        assertThat(dispatcher.api().query("getVendor(id: 'v1') { name phone capabilities version }"))
                .isEqualTo(json("{name: 'Ace', phone: null, capabilities: ['LOCKOUT'], version: 2}"));
    }

    @Test
    void failsForAFileWithoutIds() {
        JsonNode job = imports.load("name,lat,lon\nAce,1,2\n");
        assertThat(job.path("status").asString()).isEqualTo("FAILED");
        assertThat(job.at("/errors/0/line").asInt()).isEqualTo(1);
        assertThat(job.at("/errors/0/reason").asString()).contains("one must be `id`");
    }

    @Test
    void loadsTwoThousandVendorsOnOnePosition() {
        String rows = IntStream.range(0, 2_000)
                .mapToObj(i -> "p%d,Vendor %d,30.25,-97.75".formatted(i, i))
                .collect(Collectors.joining("\n"));
        long begin = System.nanoTime();
        JsonNode job = imports.load("id,name,lat,lon\n" + rows);
        System.out.printf(
                "2,000 rows in %.1f s: %.0f rows/s%n",
                (System.nanoTime() - begin) / 1e9, 2_000 / ((System.nanoTime() - begin) / 1e9));
        assertThat(job.path("rowsChanged").asInt()).isEqualTo(2_000);
        assertThat(dispatcher.search(30.25, -97.75, 1).path("totalCount").asInt())
                .isEqualTo(2_000);
    }

    /** The rows with and without a name that OpenStreetMap has; generated ones where the real ones are absent. */
    @Test
    void loadsRealBusinesses() throws IOException {
        String csv = real("vendors_osm_auto.csv.gz")
                .orElse("id,name,lat,lon,category\nosm-n1,Shell,42.5,1.5,fuel\nosm-n2,,42.5,1.5,car_wash\n");
        JsonNode job = imports.load(csv);
        long rows = csv.lines().count() - 1;
        assertThat(job.path("errors")).isEqualTo(json("[]"));
        assertThat(job.path("rowsChanged").asLong()).isEqualTo(rows);
        String nameless = csv.lines()
                .skip(1)
                .filter(row -> row.contains(",,"))
                .findFirst()
                .orElseThrow();
        String id = nameless.substring(0, nameless.indexOf(','));
        String category = nameless.substring(nameless.lastIndexOf(',') + 1);
        assertThat(profile(id).path("name").asString()).isEqualTo(category.replace('_', ' ') + " " + id);

        // the same file changes nothing
        JsonNode again = imports.load(csv);
        assertThat(again.path("id")).isNotEqualTo(job.path("id"));
        assertThat(again.path("rowsDone").asLong()).isEqualTo(rows);
        assertThat(again.path("rowsChanged").asInt()).isZero();
    }

    @Test
    void aRepeatedCallStartsNothing() {
        String upload = imports.upload("id,name,lat,lon\nv1,Ace,1,2\n");
        String start = "startVendorImport(input: {uploadId: '%s', clientToken: 't'}) { id }".formatted(upload);
        JsonNode first = imports.operator().mutate(start);
        assertThat(imports.operator().mutate(start)).isEqualTo(first);
        imports.ended(first.path("id").asString());
        assertThat(imports.operator().mutate(start)).isEqualTo(first);
        assertThat(imports.operator()
                        .query("listJobs { edges { node { id } } }")
                        .path("edges")
                        .size())
                .isEqualTo(1);
        String other = imports.upload("id\n");
        imports.operator()
                .refused("startVendorImport(input: {uploadId: '%s', clientToken: 't'}) { id }".formatted(other))
                .is("BAD_INPUT", "input.clientToken");
    }

    @Test
    void aCancelledJobStopsWithinSecondsAndKeepsWhatItHasDone() {
        String rows = IntStream.range(0, 100_000)
                .mapToObj(i -> "c%d,Vendor %d,1,2".formatted(i, i))
                .collect(Collectors.joining("\n"));
        String job = imports.start(imports.upload("id,name,lat,lon\n" + rows));
        await().atMost(PATIENCE).until(() -> imports.job(job).path("rowsDone").asInt() > 0);
        JsonNode running = imports.job(job);
        assertThat(running.path("status").asString()).isEqualTo("RUNNING");
        assertThat(running.path("progress").asDouble()).isBetween(0.0, 0.99);

        Instant asked = Instant.now();
        imports.operator().mutate("cancelJob(input: {jobId: '%s'}) { status }".formatted(job));
        JsonNode ended = imports.ended(job);

        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(ended.path("status").asString()).isEqualTo("CANCELLED");
        assertThat(ended.path("rowsDone").asInt())
                .isGreaterThanOrEqualTo(running.path("rowsDone").asInt())
                .isLessThan(100_000);
        assertThat(profile("c0").path("version").asInt()).isEqualTo(1);
        // it stays as it is
        assertThat(imports.operator()
                        .mutate("cancelJob(input: {jobId: '%s'}) { version }".formatted(job))
                        .path("version"))
                .isEqualTo(ended.path("version"));
        imports.operator().refused("cancelJob(input: {jobId: 'none'}) { id }").is("NOT_FOUND", "input.jobId");
    }

    @Test
    void listsTheNewestJobsFirst() {
        List<String> jobs = IntStream.range(0, 3)
                .mapToObj(i -> imports.load("id\n" + "x".repeat(i)).path("id").asString())
                .toList();
        assertThat(Pages.of(
                                imports.operator(),
                                "listJobs(%s) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage"
                                        + " endCursor } }")
                        .ids(2, () -> {}))
                .containsExactlyElementsOf(jobs.reversed());
        assertThat(imports.operator()
                        .query("listJobs(filter: {statuses: [RUNNING, FAILED], kinds: [VENDOR_IMPORT]}) {"
                                + " edges { cursor } }"))
                .isEqualTo(json("{edges: []}"));
        imports.operator()
                .refusedQuery("listJobs(first: 101) { edges { cursor } }")
                .is("BAD_INPUT", "first");
        imports.operator()
                .refusedQuery("listJobs(after: 'x') { edges { cursor } }")
                .is("BAD_INPUT", "after");
    }

    @Test
    void aReconciliationIsAJobOfTheService() {
        imports.load("id,name,lat,lon\nr1,Ace,1,2\n");
        String start = "startVendorReconciliation(input: {vendorsPerSecond: 100000}) { id }";
        imports.operator()
                .refused("startVendorReconciliation(input: {vendorsPerSecond: 99}) { id }")
                .is("BAD_INPUT", "input.vendorsPerSecond");
        String id = imports.operator().mutate(start).path("id").asString();
        JsonNode ended = imports.ended(id);
        assertThat(ended.path("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("kind").asString()).isEqualTo("VENDOR_RECONCILIATION");
        assertThat(ended.path("rowsDone").asInt()).isPositive();
        assertThat(ended.path("rowsTotal").asInt()).isPositive();
        assertThat(ended.path("progress").asDouble()).isEqualTo(1);
        assertThat(imports.operator().mutate(start).path("id").asString())
                .as("another one")
                .isNotEqualTo(id);
        assertThat(imports.operator()
                        .query("listJobs(filter: {scope: SERVICE, kinds: [VENDOR_RECONCILIATION]})"
                                + " { edges { node { id } } }")
                        .path("edges")
                        .findValuesAsString("id"))
                .contains(id);
        assertThat(imports.operator()
                        .query("listJobs(filter: {scope: TENANT}) { edges { node { id } } }")
                        .path("edges")
                        .findValuesAsString("id"))
                .doesNotContain(id)
                .hasSize(1);
        assertThat(imports.operator()
                        .mutate("cancelJob(input: {jobId: '%s'}) { status }".formatted(id))
                        .path("status")
                        .asString())
                .as("it has ended")
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void knowsAFileThatArrivedBefore() throws IOException {
        byte[] file = ("id,name,lat,lon\nv1," + UUID.randomUUID() + ",1,2\n").getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> first = imports.send(file, Map.of("Content-Type", "text/csv; charset=utf-8"));
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("RateLimit")).isPresent();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(file);
        }
        HttpResponse<String> second =
                imports.send(packed.toByteArray(), Map.of("Content-Type", Imports.CSV, "Content-Encoding", "gzip"));
        assertThat(second.statusCode()).isEqualTo(200);
        JsonNode stored = JsonMapper.shared().readTree(first.body());
        JsonNode again = JsonMapper.shared().readTree(second.body());
        assertThat(again.path("uploadId")).isEqualTo(stored.path("uploadId"));
        assertThat(again.path("rows").asInt()).isEqualTo(1);
        assertThat(stored.path("newParts").asInt()).isEqualTo(1);
        assertThat(again.path("newParts").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, identity, 415, BAD_INPUT",
        "text/csv;charset=latin1, identity, 415, BAD_INPUT",
        "text/csv, br, 415, BAD_INPUT",
        "text/csv, gzip, 400, BAD_INPUT"
    })
    void refusesWhatIsNoFile(String type, String coding, int status, String code) {
        HttpResponse<String> response = imports.send(
                "id\n1".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", type, "Content-Encoding", coding));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Answer.code(JsonMapper.shared().readTree(response.body()))).isEqualTo(code);
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        byte[] file = ("id\n" + "x\n".repeat(120_001)).getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response = imports.send(file, Map.of("Content-Type", Imports.CSV));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(413);
        JsonNode error = JsonMapper.shared().readTree(response.body()).at("/errors/0/extensions");
        assertThat(error.path("limit").asString()).isEqualTo("uploadRows");
        assertThat(error.path("allowed").asInt()).isEqualTo(120_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISPATCHER", "VENDOR", "CALLER"})
    void onlyAnOperatorSendsFiles(String role) {
        Imports other = new Imports(dispatcher.api().with("X-Towline-Local-Role", role));
        HttpResponse<String> response =
                other.send("id\n1".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", Imports.CSV));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(Answer.code(JsonMapper.shared().readTree(response.body()))).isEqualTo("FORBIDDEN");
    }

    @Test
    void aTokenThatIsNotValidSendsNothing() {
        HttpResponse<String> response = new Imports(
                        Caller.nobody(imports.operator().port()))
                .send(
                        "id\n1".getBytes(StandardCharsets.UTF_8),
                        Map.of("Content-Type", Imports.CSV, "Authorization", "Bearer x"));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void aForeignPageSendsNothing() {
        HttpResponse<String> response = imports.send(
                "id\n1".getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", Imports.CSV, "Origin", "https://elsewhere.example"));
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void thePathIsForFilesOnly() {
        HttpResponse<String> response = Http.send(HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:%d/imports".formatted(imports.operator().port()))));
        assertThat(response.statusCode()).isEqualTo(404);
    }

    private JsonNode profile(String id) {
        return dispatcher
                .api()
                .query(
                        "getVendor(id: '%s') { name phone capabilities rating availability position { latitude longitude }"
                                        .formatted(id)
                                + " serviceRadiusMiles version }");
    }

    private static Optional<String> real(String name) throws IOException {
        Optional<Path> folder = RecordedTraces.folder();
        if (folder.isEmpty() || !Files.exists(folder.get().resolve(name))) {
            System.out.println("generated rows: there is no " + name + " in TOWLINE_TRACES");
            return Optional.empty();
        }
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(folder.get().resolve(name)))) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
