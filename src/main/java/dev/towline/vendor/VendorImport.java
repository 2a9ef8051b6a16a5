package dev.towline.vendor;

import dev.towline.job.JobError;
import dev.towline.job.JobFailed;
import dev.towline.job.JobKind;
import dev.towline.job.JobProgress;
import dev.towline.job.JobRun;
import dev.towline.job.JobWork;
import dev.towline.problem.BadInput;
import dev.towline.upload.Line;
import dev.towline.upload.Rows;
import dev.towline.upload.Upload;
import dev.towline.upload.UploadGone;
import dev.towline.upload.Uploads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Loads the vendors of an upload, chunk by chunk. The rows of a chunk are written at once, but those of one vendor one after another. A row that
 * is loaded again changes nothing. Thread-safe.
 */
@Component
final class VendorImport implements JobWork {

    /** How many rows are skipped between two looks at whether the job goes on. */
    private static final int SKIPPED_AT_ONCE = 1000;

    private final Uploads uploads;
    private final Vendors vendors;
    private final ImportSettings settings;
    private final MeterRegistry meters;

    VendorImport(Uploads uploads, Vendors vendors, ImportSettings settings, MeterRegistry meters) {
        this.uploads = uploads;
        this.vendors = vendors;
        this.settings = settings;
        this.meters = meters;
        for (Vendors.Loaded outcome : Vendors.Loaded.values()) {
            rows(outcome.name());
        }
        rows("FAILED");
    }

    /** A row of a vendor. */
    private record Row(int line, VendorKey key, VendorCells cells) {}

    /** What became of a row: a failure, or else an outcome. */
    private record Result(
            Vendors.@Nullable Loaded outcome, @Nullable JobError error) {}

    @Override
    public JobKind kind() {
        return JobKind.VENDOR_IMPORT;
    }

    @Override
    public void run(JobRun run) {
        Upload upload = uploads.find(run.tenant(), run.input());
        if (upload == null) {
            throw gone();
        }
        try (Rows rows = uploads.rows(upload)) {
            run(run, VendorRows.of(upload.format(), rows));
        } catch (UploadGone expired) {
            throw gone();
        }
    }

    private static JobFailed gone() {
        return new JobFailed(null, "The file is not stored any more. Send it again.");
    }

    private void run(JobRun run, VendorRows rows) {
        skip(run, rows);
        JobProgress progress = run.progress();
        boolean isRepeated = run.isResumed();
        List<Line> chunk = chunk(rows);
        while (!chunk.isEmpty()) {
            progress = load(run, rows, chunk, isRepeated, progress).warning(rows.warnings());
            run.save(progress);
            // Only the rows that follow a stored progress can be done already.
            isRepeated = false;
            chunk = chunk(rows);
        }
        run.save(progress.warning(rows.warnings()));
    }

    private static void skip(JobRun run, VendorRows rows) {
        for (int i = 0; i < run.progress().rowsDone() && rows.skip(); i++) {
            if (i % SKIPPED_AT_ONCE == 0) {
                run.requireGoing();
            }
        }
    }

    private List<Line> chunk(VendorRows rows) {
        List<Line> chunk = new ArrayList<>();
        while (chunk.size() < settings.chunkRows()) {
            Line row = rows.next();
            if (row == null) {
                break;
            }
            chunk.add(row);
        }
        return chunk;
    }

    private JobProgress load(JobRun run, VendorRows rows, List<Line> chunk, boolean isRepeated, JobProgress before) {
        List<JobError> errors = new ArrayList<>();
        Map<VendorKey, List<Row>> byVendor = new LinkedHashMap<>();
        for (Line line : chunk) {
            try {
                VendorCells cells = rows.cells(line);
                VendorKey key = new VendorKey(run.tenant(), cells.id());
                byVendor.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Row(line.number(), key, cells));
            } catch (BadInput | VendorRows.Unreadable bad) {
                errors.add(error(line.number(), bad));
            }
        }
        Map<VendorKey, Vendor> known = vendors.getAllConsistently(byVendor.keySet());
        List<Result> results = AtOnce.each(
                byVendor.values(),
                settings.parallel(),
                sameVendor ->
                        loadAll(run, sameVendor, known.get(sameVendor.getFirst().key()), isRepeated));
        int changed = 0;
        for (Result result : results) {
            if (result.error != null) {
                errors.add(result.error);
            } else if (result.outcome != Vendors.Loaded.UNCHANGED) {
                changed++;
            }
        }
        rows("FAILED").increment(errors.size());
        errors.sort(Comparator.comparingInt(error -> error.line() == null ? 0 : error.line()));
        return before.plus(chunk.size(), changed, errors);
    }

    /** Loads the rows of one vendor in their order. */
    private List<Result> loadAll(JobRun run, List<Row> sameVendor, @Nullable Vendor known, boolean isRepeated) {
        List<Result> results = new ArrayList<>(sameVendor.size());
        Vendor state = known;
        for (Row row : sameVendor) {
            run.requireGoing();
            try {
                Vendors.Loaded outcome = vendors.load(row.key, row.cells, state, isRepeated);
                rows(outcome.name()).increment();
                results.add(new Result(outcome, null));
            } catch (BadInput bad) {
                results.add(new Result(null, error(row.line, bad)));
            }
            if (sameVendor.size() > 1) {
                state = vendors.getAllConsistently(List.of(row.key)).get(row.key);
            }
        }
        return results;
    }

    /** The arguments of the API have the names of the columns. */
    private static JobError error(int line, RuntimeException bad) {
        return new JobError(
                line, String.valueOf(bad.getMessage()).replace("`input.", "`").replace("`position.", "`"));
    }

    private Counter rows(String outcome) {
        return Counter.builder("towline.imports.rows")
                .description("rows of imports by what became of them")
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
