/** What a service is given when its clock is to differ from that of the machine. */
@NullMarked
package dev.towline.histories.clock;

import org.jspecify.annotations.NullMarked;
