package dev.towline.vendor;

import org.jspecify.annotations.Nullable;

/** The argument of {@code startVendorImport}. */
record StartVendorImportInput(String uploadId, @Nullable String clientToken) {}
