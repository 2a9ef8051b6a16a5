package dev.towline.job;

/** The argument of {@code cancelJob}. */
record CancelJobInput(String jobId) {}
