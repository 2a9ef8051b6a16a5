/** The audit log: who did or tried what. Features write what they did with {@link dev.towline.audit.AuditLog}. */
@NullMarked
package dev.towline.audit;

import org.jspecify.annotations.NullMarked;
