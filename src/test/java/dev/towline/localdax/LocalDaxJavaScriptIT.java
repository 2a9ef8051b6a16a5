package dev.towline.localdax;

import dev.towline.clients.Checks;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The JavaScript client of DAX, which takes its answers without frames. */
class LocalDaxJavaScriptIT {

    private static DaxFixture fixture;

    @BeforeAll
    static void start() {
        fixture = DaxFixture.withoutCaches();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @TestFactory
    Stream<DynamicTest> servesTheJavaScriptClient() {
        String plain = fixture.table("plain", "id:S", null);
        String ranged = fixture.tableWithIndex("ranged", "id:S", "at:N");
        return Checks.run(8, "dax", "dax.mjs", fixture.dax.url(), plain, ranged);
    }
}
