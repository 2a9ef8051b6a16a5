/**
 * Hostile input to the production jar with a small heap. {@code HostileScenarios} runs all of it; the other classes each hold a table of
 * inputs with their stated answers.
 */
@NullMarked
package dev.towline.hostile;

import org.jspecify.annotations.NullMarked;
