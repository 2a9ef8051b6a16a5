package dev.towline.vendor;

import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import java.util.List;

/** A visibility rule that empties the search results of one subject, for tests of the cache. */
public final class EmptySearches implements VisibilityRule<VendorSearchConnection> {

    /** The subject whose searches are empty. */
    public static final String SUBJECT = "finds-nobody";

    @Override
    public Class<VendorSearchConnection> type() {
        return VendorSearchConnection.class;
    }

    @Override
    public VendorSearchConnection visible(VendorSearchConnection found, Viewer viewer) {
        return viewer.subject().equals(SUBJECT)
                ? new VendorSearchConnection(
                        List.of(), found.pageInfo(), 0, found.lookedIn(), found.isUpToDate(), found.lastKnownAge())
                : found;
    }
}
