/**
 * Documents that clients send by an identifier instead of their text. {@code Documents} finds the text for each transport: in the {@code
 * Manifest} that operators give, or among the {@code AutomaticDocuments} that clients have sent before.
 */
@NullMarked
package dev.towline.edge.document;

import org.jspecify.annotations.NullMarked;
