/** Public clients and audits, from {@code clients/conformance}, against the running service. */
@NullMarked
package dev.towline.conformance;

import org.jspecify.annotations.NullMarked;
