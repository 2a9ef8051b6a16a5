package dev.towline.job;

import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Revision;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of all tenants that have not ended, oldest first. It is one item, which is written together with each job that starts or ends. So an
 * instance finds all open jobs with one read, and an index by tenant is enough for everything else.
 */
record JobQueue(Revision revision, List<JobKey> open) implements Entity {

    /** Keeps the item, of at most some 110 bytes for each job, far below the 400 KB that DynamoDB allows. */
    static final int MOST = 1000;

    static final Table<JobQueue> TABLE = new Table<>("job-queue", "job-queue", false, new Codec(), List.of(), null);

    /** The only key. Nobody reads this table for a tenant, so a tenant of the same name does not matter. */
    static final Key KEY = new Key(new Tenant("all"), "open");

    /** Between the tenant and the id, neither of which has it. */
    private static final String SEPARATOR = "#";

    JobQueue {
        open = List.copyOf(open);
    }

    record Key(Tenant tenant, String id) implements EntityKey {

        @Override
        public String entity() {
            return TABLE.entity();
        }
    }

    @Override
    public EntityKey key() {
        return KEY;
    }

    /** The next state with one more job, the first state if there is none before. */
    static JobQueue with(@Nullable JobQueue before, JobKey job) {
        if (before == null) {
            return new JobQueue(Revision.first(), List.of(job));
        }
        return new JobQueue(
                before.revision.next(),
                Stream.concat(before.open.stream(), Stream.of(job)).toList());
    }

    /** The next state without a job. */
    JobQueue without(JobKey job) {
        return new JobQueue(
                revision.next(), open.stream().filter(each -> !each.equals(job)).toList());
    }

    private static final class Codec implements ItemCodec<JobQueue> {

        @Override
        public void write(JobQueue queue, ItemWriter item) {
            item.strings(
                    "open",
                    queue.open.stream()
                            .map(job -> job.tenant().name() + SEPARATOR + job.id())
                            .toList());
        }

        @Override
        public JobQueue read(ItemReader item) {
            return new JobQueue(
                    item.revision(),
                    item.strings("open").stream().map(Codec::key).toList());
        }

        private static JobKey key(String text) {
            int end = text.indexOf(SEPARATOR);
            return new JobKey(new Tenant(text.substring(0, end)), text.substring(end + SEPARATOR.length()));
        }
    }
}
