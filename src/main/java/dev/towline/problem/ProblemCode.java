package dev.towline.problem;

/** The stable {@code extensions.code} of an error. A published name never changes its meaning. */
public enum ProblemCode {
    /** The request itself is wrong; sending it again unchanged cannot succeed. */
    BAD_INPUT,
    /** The request has the hash of a document instead of the document, which this service requires. */
    PERSISTED_QUERY_NOT_SUPPORTED,
    /** The thing that an argument refers to does not exist for this viewer. */
    NOT_FOUND,
    /** The current state does not allow the requested step. The client should read the state again before it retries. */
    CONFLICT,
    /** The request has no valid credentials. */
    UNAUTHENTICATED,
    /** The viewer may not do this. */
    FORBIDDEN,
    /** The request exceeds a limit that holds before its execution. The error names the limit and what it allows. */
    TOO_COMPLEX,
    /** A system that the service depends on did not answer in time; the same request may succeed later. */
    UNAVAILABLE,
    /** A fault of the service. The log contains its cause under the error's correlation id. */
    INTERNAL
}
