package dev.towline.localdax;

import java.util.List;

/** Who belongs to a cluster. Thread-safe, does not block. */
@FunctionalInterface
interface Membership {

    /** The nodes that clients are to use from now on. Clients ask every few seconds. An empty list leaves them without routes. */
    List<Member> members();
}
