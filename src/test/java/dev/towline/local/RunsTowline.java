package dev.towline.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * Runs the service over real HTTP, one for all classes with this annotation, so each takes tenants of its own. It waits longer for
 * DynamoDB than in production: what is tested is not how fast the machine is, which may have a lot else to do.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "towline.dynamo.attempt-timeout=20s",
            "towline.dynamo.call-timeout=1m",
            "towline.cors.allowed-origins=https://app.example, http://localhost:*",
            "logging.level.software.amazon.dynamodb=warn",
            "towline.persisted.manifest=classpath:persisted-documents.json",
            // the hash of "robot-secret"
            "towline.api-keys[0].name=robot",
            "towline.api-keys[0].sha256=c41e0a08575417e41f72da96ada956b482fd9006288ab4d19eabd793548412c5",
            "towline.api-keys[0].role=DISPATCHER",
            "towline.api-keys[0].tenant=robots"
        })
@OnEmbeddedStack
public @interface RunsTowline {}
