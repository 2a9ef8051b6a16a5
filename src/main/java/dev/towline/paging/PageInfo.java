package dev.towline.paging;

import org.jspecify.annotations.Nullable;

/** Where a page lies in its list, as Relay has it. */
public record PageInfo(
        boolean hasNextPage,
        boolean hasPreviousPage,
        @Nullable String startCursor,
        @Nullable String endCursor) {}
