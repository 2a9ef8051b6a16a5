package dev.towline;

import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service. What each package is for, and in which order to read them, stands in this package's description. */
// its error page would answer in a form of its own
@SpringBootApplication(proxyBeanMethods = false, exclude = ErrorMvcAutoConfiguration.class)
@ConfigurationPropertiesScan
@EnableScheduling
public class Towline {

    /** Starts the service and returns once it accepts requests. */
    public static void main(String[] args) {
        SpringApplication.run(Towline.class, args);
    }

    /** The only clock, in whole milliseconds: everything that needs the time asks for this bean, so that tests can hold it. */
    @Bean
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
