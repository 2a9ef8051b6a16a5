package dev.towline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Notes.Note;
import dev.towline.store.Notes.NoteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.dataloader.BatchLoaderEnvironment;
import org.junit.jupiter.api.Test;
import org.springframework.util.function.SingletonSupplier;

class BatchReadsTests {

    private static final NoteKey KEY = new NoteKey(Notes.ACME, "n1");
    private static final BatchLoaderEnvironment ENVIRONMENT =
            BatchLoaderEnvironment.newBatchLoaderEnvironment().build();

    private final Note note = Note.first("n1", "top", "a");

    @Test
    void leavesTheThreadToWhoeverReads() {
        List<Thread> threads = new ArrayList<>();
        BatchReads reads = new BatchReads(SingletonSupplier.of(new EntityReads() {
            @Override
            public <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
                    Table<T> table, Set<K> keys, Map<Object, Object> contexts) {
                threads.add(Thread.currentThread());
                return CompletableFuture.completedFuture(Map.of());
            }
        }));

        var _ = reads.<NoteKey, Note>of(Notes.NOTES)
                .apply(Set.of(KEY), ENVIRONMENT)
                .block();

        assertThat(threads).as("no hop before a batch is handed over").containsExactly(Thread.currentThread());
    }

    @Test
    void readsFromTheStoreWithoutAnotherBean() {
        InMemoryStore store = new InMemoryStore(_ -> {});
        store.write(note.write());
        BatchReads reads = new BatchReads(SingletonSupplier.of(BatchReads.straight(store)));

        assertThat(reads.<NoteKey, Note>of(Notes.NOTES)
                        .apply(Set.of(KEY), ENVIRONMENT)
                        .block())
                .containsExactly(Map.entry(KEY, note));
    }
}
