package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.resolver.Timers;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import dev.towline.store.ChangeStages;
import dev.towline.store.Notes;
import dev.towline.store.Notes.Line;
import dev.towline.store.Notes.Note;
import dev.towline.store.Store;
import dev.towline.store.Table;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DynamoConfigurationIT {

    private final StoreFixture fixture = StoreFixture.start();
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withUserConfiguration(DynamoConfiguration.class, Feature.class)
            .withBean(InstantSource.class, InstantSource::system)
            .withBean("timers", Timers.class, Timers::new)
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues(
                    "towline.dynamo.endpoint=" + fixture.faulty.endpoint(),
                    "towline.dynamo.access-key-id=local",
                    "towline.dynamo.secret-access-key=local");

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void givesAStoreWithTheTablesOfAllFeatures() {
        String prefix = "towline.dynamo.table-prefix=" + fixture.settings.tablePrefix() + "own-";
        application
                .withPropertyValues(prefix, "towline.dynamo.create-tables=true")
                .run(context -> {
                    context.getBean(Store.class)
                            .write(Note.first("n1", "top", "a").write());

                    assertThat(context.getBean(Heard.class).by).containsExactly("first", "second");
                });
    }

    @Test
    void doesNotStartWithoutItsTables() {
        application
                .withPropertyValues("towline.dynamo.table-prefix=nobodys-")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(TablesNotReady.class)
                        .hasMessageContaining("nobodys-notes")
                        .hasMessageContaining("nobodys-lines")
                        .hasMessageContaining(fixture.faulty.endpoint()));
    }

    record Heard(List<String> by) {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({DynamoSettings.class, DaxSettings.class})
    static class Feature {

        @Bean
        Table<Note> notes() {
            return Notes.NOTES;
        }

        @Bean
        Table<Line> lines() {
            return Notes.LINES;
        }

        @Bean
        ObservationRegistry observations() {
            return ObservationRegistry.create();
        }

        @Bean
        Heard heard() {
            return new Heard(new ArrayList<>());
        }

        /** Needs the store itself, as a cache does. */
        @Bean
        ChangeStage second(Heard heard, Store store) {
            return new Noting(ChangeStage.Stage.LOCAL, () -> heard.by().add(store == null ? "no store" : "second"));
        }

        @Bean
        ChangeStage first(Heard heard) {
            return new Noting(ChangeStage.Stage.SHARED, () -> heard.by().add("first"));
        }

        @Bean
        ChangeStages changeStages(ObjectProvider<ChangeStage> stages) {
            return new ChangeStages(() -> stages.stream().toList());
        }
    }

    private record Noting(Stage stage, Runnable note) implements ChangeStage {

        @Override
        public void pass(ChangeEvent event) {
            note.run();
        }
    }
}
