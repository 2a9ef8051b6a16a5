package dev.towline.scenarios.instances;

import dev.towline.clients.Checks;
import dev.towline.local.LoopbackPort;
import dev.towline.local.SharedStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A browser watches a vehicle, and another page of it the board, while the only instance is killed and started again: {@code clients/browser-tests/restart.mjs}. */
class WatchedRestartScenarios {

    @TestFactory
    List<DynamicTest> watcherCatchesUp() {
        String port = Integer.toString(LoopbackPort.nextFree(0));
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("server.port", port);
        try (TowlineProcess first = TowlineProcess.start(settings)) {
            CompletableFuture<TowlineProcess> second = ProcessHandle.of(first.pid())
                    .orElseThrow()
                    .onExit()
                    .thenApplyAsync(
                            _ -> TowlineProcess.start(settings),
                            run -> Thread.ofPlatform().start(run));
            Stream<DynamicTest> checks = Checks.run(
                    2, "browser-tests", "restart.mjs", "http://127.0.0.1:" + port, Long.toString(first.pid()));
            first.kill();
            second.join().close();
            return checks.toList();
        }
    }
}
