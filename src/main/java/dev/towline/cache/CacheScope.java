package dev.towline.cache;

/** Who shares an entry. */
public enum CacheScope {
    /** Everybody of the tenant: it is a whole entity, and each viewer gets of it what that viewer may see. */
    PUBLIC,
    /** Nobody: it was made for one viewer. */
    PRIVATE
}
