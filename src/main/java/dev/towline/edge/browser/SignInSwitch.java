package dev.towline.edge.browser;

/**
 * Where the pages get a token of whoever one chooses to be. Only the embedded stack has this bean.
 *
 * @param tokenPath the path at this service to which they post a role, a subject and a tenant
 */
public record SignInSwitch(String tokenPath) {}
