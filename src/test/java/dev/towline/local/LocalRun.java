package dev.towline.local;

import dev.towline.edge.browser.SignInSwitch;
import dev.towline.viewer.ViewerSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.support.GenericBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.servlet.function.RouterFunction;

/** Puts the embedded stack under a service that is about to start, and takes it away after the service has ended. */
final class LocalRun implements ApplicationContextInitializer<GenericApplicationContext> {

    private static final int SERVICE_PORT = 8080;

    /** What the command may replace: pages of development servers on this machine, and metrics for everybody on it. */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "towline.cors.allowed-origins",
            String.join(",", LocalRequests.ORIGINS),
            "towline.actuator.roles",
            "OPERATOR,DISPATCHER");

    @Override
    public void initialize(GenericApplicationContext context) {
        var environment = context.getEnvironment();
        int wantedPort =
                Binder.get(environment).bind("server.port", Integer.class).orElse(SERVICE_PORT);
        EmbeddedStack stack = EmbeddedStack.start(LocalSettings.of(environment));
        // not the context's to close: the service still needs it while its own beans are closed
        SpringApplication.getShutdownHandlers().add(stack::close);

        Map<String, Object> properties = new HashMap<>(stack.properties());
        properties.put("server.address", LoopbackPort.ADDRESS);
        properties.put("server.port", LoopbackPort.nextFree(wantedPort));
        // there is no proxy: the address of a client is the one that it has
        properties.put("server.forward-headers-strategy", "none");
        environment.getPropertySources().addFirst(new MapPropertySource("embedded stack", properties));
        environment.getPropertySources().addLast(new MapPropertySource("embedded stack defaults", DEFAULTS));

        context.getBeanFactory().registerSingleton("embeddedStack", stack);
        context.getBeanFactory().registerSingleton("serviceClassesOnly", new ServiceClassesOnly());
        registerViewers(context, stack.issuer());
        // Spring reads the service's classes while DynamoDB starts; the first bean needs it
        context.addBeanFactoryPostProcessor(_ -> stack.awaitReady());
    }

    /** The viewers of the embedded stack, who are asked after tokens and after the sources of a test; and tokens for anybody, also on the pages. */
    static void registerViewers(GenericApplicationContext context, LocalIssuer issuer) {
        GenericBeanDefinition viewers = new GenericBeanDefinition();
        viewers.setBeanClass(LocalViewers.class);
        viewers.setInstanceSupplier(LocalViewers::new);
        context.registerBeanDefinition(ViewerSource.class.getName() + ".local", viewers);
        context.registerBean("localTokens", RouterFunction.class, () -> LocalTokens.route(issuer));
        context.registerBean(SignInSwitch.class, () -> new SignInSwitch(LocalTokens.PATH));
    }
}
