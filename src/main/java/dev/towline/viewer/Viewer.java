package dev.towline.viewer;

/**
 * Who is asking. Every resolver and subscription receives one.
 *
 * @param role what the viewer is to the tenant
 * @param subject who it is, as the source of identities names it; unique within the tenant
 * @param tenant whose data the viewer may see
 */
public record Viewer(Role role, String subject, Tenant tenant) {}
