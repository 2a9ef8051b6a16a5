package dev.towline.vendor;

import org.jspecify.annotations.Nullable;

/** The input of {@code startVendorReconciliation}. */
record StartVendorReconciliationInput(@Nullable Integer vendorsPerSecond) {}
