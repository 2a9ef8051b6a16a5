package dev.towline.localdax;

import java.net.InetAddress;

/**
 * A node as the cluster advertises it. Clients connect to the address, so it must be one that they reach.
 *
 * @param id distinct within the cluster
 * @param leader whether the node is the one primary of the cluster
 */
record Member(int id, InetAddress address, int port, boolean leader) {}
