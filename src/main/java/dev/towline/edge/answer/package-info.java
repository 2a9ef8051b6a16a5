/**
 * Answers from memory. {@code FirstLook} sees each HTTP request first and answers what it can. {@code edge.http} asks {@code AnswerMemory}
 * about the others.
 */
@NullMarked
package dev.towline.edge.answer;

import org.jspecify.annotations.NullMarked;
