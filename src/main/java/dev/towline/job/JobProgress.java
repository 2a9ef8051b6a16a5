package dev.towline.job;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a job has come. It is stored as a whole, so whoever takes the job over goes on where the counts are.
 *
 * @param rowsDone the number of rows that were worked on, those with errors included; the work goes on behind them
 * @param rowsTotal the number of all rows, null if unknown
 * @param rowsChanged the number of rows that changed something
 * @param errorCount the number of all errors
 * @param errors the first errors, at most {@link #MOST_ERRORS}
 * @param warnings what the job noticed, each once, at most {@link #MOST_WARNINGS}
 */
public record JobProgress(
        int rowsDone,
        @Nullable Integer rowsTotal,
        int rowsChanged,
        int errorCount,
        List<JobError> errors,
        List<String> warnings) {

    /** The most errors that are kept. */
    public static final int MOST_ERRORS = 100;

    static final int MOST_WARNINGS = 20;

    private static final double MOST_BEFORE_END = 0.99;

    public JobProgress {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** The progress of a job that has not begun. */
    public static JobProgress none(@Nullable Integer rowsTotal) {
        return new JobProgress(0, rowsTotal, 0, 0, List.of(), List.of());
    }

    /** The progress after some more rows. */
    public JobProgress plus(int rows, int changed, List<JobError> failed) {
        return new JobProgress(
                rowsDone + rows,
                rowsTotal,
                rowsChanged + changed,
                errorCount + failed.size(),
                Stream.concat(errors.stream(), failed.stream())
                        .limit(MOST_ERRORS)
                        .toList(),
                warnings);
    }

    /** The same progress with one more error. The last one says why a job failed, so it is always kept. */
    JobProgress failing(JobError last) {
        List<JobError> kept = Stream.concat(errors.stream().limit(MOST_ERRORS - 1L), Stream.of(last))
                .toList();
        return new JobProgress(rowsDone, rowsTotal, rowsChanged, errorCount + 1, kept, warnings);
    }

    /** The same progress with these warnings, too. */
    public JobProgress warning(List<String> more) {
        List<String> all = Stream.concat(warnings.stream(), more.stream())
                .distinct()
                .limit(MOST_WARNINGS)
                .toList();
        return new JobProgress(rowsDone, rowsTotal, rowsChanged, errorCount, errors, all);
    }

    /** The done part of the work, 0 to 0.99: the rest is to end it, and the number of all rows may be a little old. */
    double part() {
        return rowsTotal == null || rowsTotal == 0 ? 0 : Math.min(MOST_BEFORE_END, (double) rowsDone / rowsTotal);
    }
}
