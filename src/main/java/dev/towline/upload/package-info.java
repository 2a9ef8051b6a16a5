/**
 * Files that callers send, for jobs to read. A file is kept in compressed parts in the database for some days, so that every instance can read
 * it. It is never in memory as a whole.
 *
 * <p>{@link dev.towline.upload.Uploads} is the entry point. {@link dev.towline.upload.Rows} splits a file into rows.
 */
@NullMarked
package dev.towline.upload;

import org.jspecify.annotations.NullMarked;
