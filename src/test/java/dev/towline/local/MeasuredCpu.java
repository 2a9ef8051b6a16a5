package dev.towline.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Compares the CPU time of processes, or counts, under a steady load of its own. How long something takes is not asserted, so another such
 * class may run beside it, which keeps both processors busy; all the other tests would be too much. On classes only, so that each has one
 * report.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("measured-cpu")
public @interface MeasuredCpu {}
