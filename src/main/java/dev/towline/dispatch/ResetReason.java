package dev.towline.dispatch;

/** Why a board gets a RESET. */
enum ResetReason {
    /** It came without a position. */
    OPENED,
    /** The log lacks something that a board with its position has not seen. */
    NOT_RESUMABLE,
    /** This instance may have missed changes of others. */
    GAP,
    /** The board was too slow, so that changes left the log before it read them. */
    TOO_SLOW,
    /** At its last RESET, lists could lack changes that were not in the log either. */
    LISTS_LAGGED
}
