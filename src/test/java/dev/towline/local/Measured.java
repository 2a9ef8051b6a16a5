package dev.towline.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Asserts how long something takes, or a share of it, so it must not have to share the machine: {@code verify} runs these classes after
 * all others, one at a time. On classes only, so that each has one report.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("measured")
public @interface Measured {}
