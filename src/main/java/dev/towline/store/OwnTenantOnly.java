package dev.towline.store;

import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hides entities of other tenants from every viewer. Those of the service itself are left to the rules of their types. */
@Component
final class OwnTenantOnly implements VisibilityRule<Entity> {

    @Override
    public Class<Entity> type() {
        return Entity.class;
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public @Nullable Entity visible(Entity entity, Viewer viewer) {
        Tenant tenant = entity.key().tenant();
        return tenant.equals(viewer.tenant()) || tenant.equals(Tenant.SERVICE) ? entity : null;
    }
}
