/**
 * Jobs: long work that any instance may do, such as an import. A job is stored, so that every instance shows it, and goes on elsewhere when
 * the instance that does it ends.
 *
 * <p>A feature adds a {@link dev.towline.job.JobWork} for a kind of job, and starts jobs with {@link dev.towline.job.Jobs}. {@code JobRunner}
 * runs them. See decision 0043.
 */
@NullMarked
package dev.towline.job;

import org.jspecify.annotations.NullMarked;
