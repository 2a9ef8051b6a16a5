/** Who may use the actuator: everybody its health, and only some roles everything else. */
@NullMarked
package dev.towline.edge.actuator;

import org.jspecify.annotations.NullMarked;
