/**
 * Tracking sessions: the jobs of vendors at incidents. The package has the mutations of jobs, the intake of locations, the live
 * subscription, and the fields that connect incidents and vendors.
 */
@NullMarked
package dev.towline.tracking;

import org.jspecify.annotations.NullMarked;
