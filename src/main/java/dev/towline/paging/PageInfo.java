package dev.towline.paging;

import org.jspecify.annotations.Nullable;

/** The position of a page in its list, in the format of Relay. */
public record PageInfo(
        boolean hasNextPage,
        boolean hasPreviousPage,
        @Nullable String startCursor,
        @Nullable String endCursor) {}
