package dev.towline.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.ContextConfiguration;

/**
 * Runs a {@code @SpringBootTest} on the {@link SharedStack}, with the viewers of the embedded stack unless the test has a source of its
 * own. Classes that share an application context share what is stored; {@code X-Towline-Local-Tenant} parts them, or
 * {@link SharedStack#register} instead of this annotation.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ContextConfiguration(initializers = SharedStack.Initializer.class)
public @interface OnEmbeddedStack {}
