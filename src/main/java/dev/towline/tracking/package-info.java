/**
 * Tracking sessions: a vendor's way to an incident. Starting, moving and ending a job, the intake of locations, the live
 * subscription, and every field that knows both the incident and the vendor.
 */
@NullMarked
package dev.towline.tracking;

import org.jspecify.annotations.NullMarked;
