/**
 * A city to drive in, and how a vehicle drives through it. The streets are made up: a grid turned like that of downtown Austin, with a
 * river, arterials and a freeway, laid where Austin is. Pure: no I/O, no clock, the same answers every time.
 */
@NullMarked
package dev.towline.demo.city;

import org.jspecify.annotations.NullMarked;
