/** The commands under {@code clients/}: their own tests, and what they find when they are let loose on a service. */
@NullMarked
package dev.towline.clients;

import org.jspecify.annotations.NullMarked;
