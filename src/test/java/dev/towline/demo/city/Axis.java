package dev.towline.demo.city;

/** Which way a street of the grid runs, roughly. */
enum Axis {
    NORTH_SOUTH,
    EAST_WEST
}
