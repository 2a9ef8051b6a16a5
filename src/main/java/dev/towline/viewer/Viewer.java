package dev.towline.viewer;

/**
 * The user or system that sent a request. Every resolver and subscription receives one.
 *
 * @param role the role within the tenant
 * @param subject the id from the identity provider, unique within the tenant
 * @param tenant the tenant whose data the viewer may see
 */
public record Viewer(Role role, String subject, Tenant tenant) {}
