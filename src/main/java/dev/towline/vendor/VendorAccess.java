package dev.towline.vendor;

import dev.towline.problem.Forbidden;
import dev.towline.problem.NotFound;
import dev.towline.viewer.Disclosure;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may see and change which vendors. Thread-safe, does not block. */
@Component
final class VendorAccess implements VisibilityRule<Vendor>, FieldRoles {

    private static final Set<Role> STAFF_AND_VENDOR = Set.of(Role.OPERATOR, Role.DISPATCHER, Role.VENDOR);

    private static final Map<String, Set<Role>> ROLES = Map.of(
            "Query.getVendor",
            Role.ALL,
            "Query.getVendors",
            Role.ALL,
            "Query.searchVendorsNearby",
            Role.STAFF,
            "Mutation.registerVendor",
            Role.STAFF,
            "Mutation.startVendorImport",
            Set.of(Role.OPERATOR),
            "Mutation.startVendorReconciliation",
            Set.of(Role.OPERATOR),
            "Mutation.updateVendor",
            STAFF_AND_VENDOR,
            "Mutation.setVendorAvailability",
            STAFF_AND_VENDOR);

    @Override
    public @Nullable Set<Role> of(String field) {
        return ROLES.get(field);
    }

    @Override
    public Class<Vendor> type() {
        return Vendor.class;
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    /** A caller and a guest see a vendor only within their session. */
    @Override
    public @Nullable Vendor visible(Vendor vendor, Viewer viewer) {
        return switch (viewer.role()) {
            case OPERATOR, DISPATCHER -> vendor;
            case VENDOR -> vendor.id().equals(viewer.subject()) ? vendor : null;
            case CALLER, GUEST -> null;
        };
    }

    /** A caller may call the vendor during the session. {@link VendorPosition} hides where it is. */
    @Override
    public @Nullable Vendor visibleWithin(Object parent, Vendor vendor, Viewer viewer) {
        Vendor seen = visible(vendor, viewer);
        if (seen != null
                || !(parent instanceof Disclosure disclosure
                        && disclosure.shows(vendor.key().entity(), vendor.id(), vendor.version()))) {
            return seen;
        }
        return viewer.role() == Role.CALLER && disclosure.belongsToActiveSession() ? vendor : vendor.withoutPhone();
    }

    /**
     * Checks that the viewer may change the vendor with this id, before anything is read.
     *
     * @param argument the path of the argument with the id
     * @throws NotFound if it does not exist for this viewer
     */
    void requireOwn(String argument, String id, Viewer viewer) {
        if (!viewer.role().isStaff() && !id.equals(viewer.subject())) {
            throw new NotFound(argument, "a vendor");
        }
    }

    /**
     * Checks that the viewer may rate vendors. It comes before all checks that depend on the vendor.
     *
     * @throws Forbidden for a VENDOR
     */
    void requireMayRate(Viewer viewer) {
        if (!viewer.role().isStaff()) {
            throw new Forbidden("Only these roles may change `input.rating`: OPERATOR, DISPATCHER.");
        }
    }
}
