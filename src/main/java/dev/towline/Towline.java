package dev.towline;

import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.redis.autoconfigure.observation.LettuceObservationAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.logging.log4j2.Log4J2MetricsAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service. The description of this package lists the packages in reading order. */
// Boot's error page would answer in another format, and its observation of Redis would observe every command. To find
// out that Log4j is not there takes longer than most beans.
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {
            ErrorMvcAutoConfiguration.class,
            LettuceObservationAutoConfiguration.class,
            Log4J2MetricsAutoConfiguration.class
        })
@ConfigurationPropertiesScan
@EnableScheduling
public class Towline {

    /** Starts the service and returns once it accepts requests. */
    public static void main(String[] args) {
        SpringApplication.run(Towline.class, args);
    }

    /** The only clock of the service, in whole milliseconds. Tests replace it. */
    @Bean
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
