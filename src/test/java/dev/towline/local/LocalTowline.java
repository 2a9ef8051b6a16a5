package dev.towline.local;

import dev.towline.Towline;
import dev.towline.demo.DemoRun;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * The service with everything it needs: {@code ./mvnw spring-boot:test-run}. What can be set stands in {@link LocalSettings}; each as
 * Spring Boot has it: an argument, an environment variable or a system property.
 */
public final class LocalTowline {

    /** What is only for this run, in {@code application-local.yaml}. */
    private static final String PROFILE = "local";

    private LocalTowline() {}

    /** Starts the service and returns once it accepts requests; it ends with the JVM. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(Towline.class);
        application.setAdditionalProfiles(PROFILE);
        application.addInitializers(new LocalRun(), new DemoRun());
        application.addListeners((ApplicationListener<ApplicationReadyEvent>) LocalBanner::print);
        try {
            application.run(args);
        } catch (RuntimeException e) {
            // Spring Boot has told why; the threads of DynamoDB Local would keep the JVM
            System.exit(1);
        }
    }
}
