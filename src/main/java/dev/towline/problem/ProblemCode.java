package dev.towline.problem;

/** The stable {@code extensions.code} of an error. A name, once published, keeps its meaning. */
public enum ProblemCode {
    /** The request itself is wrong; sending it again unchanged cannot help. */
    BAD_INPUT,
    /** The request has the hash of a document instead of the document; sent with the document, it is answered. */
    PERSISTED_QUERY_NOT_SUPPORTED,
    /** What the request refers to does not exist for this viewer. */
    NOT_FOUND,
    /** The present state does not allow the step; read again and decide. */
    CONFLICT,
    /** Nobody could be recognised behind the request. */
    UNAUTHENTICATED,
    /** The viewer may not do this. */
    FORBIDDEN,
    /** Something the service needs did not answer in time; the same request may succeed later. */
    UNAVAILABLE,
    /** A fault of the service; the log has it under the error's correlation id. */
    INTERNAL
}
