package dev.towline.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * What the class proves depends on the way of reads by key: it counts, slows down or fails requests to DynamoDB, or judges how old a
 * state may be that was read. {@code .ci/run} runs these classes once more without DAX. The others run once, with DAX: their answers do
 * not depend on the way, and the suites of the store show on both ways what it reads and writes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag(AlsoWithoutDax.TAG)
public @interface AlsoWithoutDax {

    /** How the command line names these classes. */
    String TAG = "also-without-dax";
}
