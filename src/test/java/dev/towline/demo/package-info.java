/**
 * The moving fleet of the embedded run: made-up vendors that drive to made-up incidents in a made-up {@link dev.towline.demo.city}, so
 * that the first query somebody types shows life. {@link dev.towline.demo.Fleet} is its centre. It knows the service only by its public
 * API. It is test code on purpose: the production jar cannot contain it.
 */
@NullMarked
package dev.towline.demo;

import org.jspecify.annotations.NullMarked;
