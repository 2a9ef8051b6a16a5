package dev.towline.edge.actuator;

import dev.towline.viewer.Role;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the actuator.
 *
 * @param roles the roles that may use everything beside health
 */
@ConfigurationProperties("towline.actuator")
record ActuatorSettings(@DefaultValue("OPERATOR") Set<Role> roles) {

    ActuatorSettings {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("towline.actuator.roles: must have at least one role, such as OPERATOR");
        }
        roles = Set.copyOf(roles);
    }
}
