/**
 * The credentials of users and machines: JWTs of an issuer ({@code towline.token}) and API keys ({@code towline.api-keys}). Each kind is a
 * {@link dev.towline.viewer.ViewerSource}. No other package depends on this one.
 */
@NullMarked
package dev.towline.authentication;

import org.jspecify.annotations.NullMarked;
