package dev.towline.edge.upload;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

@Configuration(proxyBeanMethods = false)
class UploadRoute {

    static final String PATH = "/imports";

    @Bean
    RouterFunction<ServerResponse> filesOverHttp(UploadHttp http) {
        return RouterFunctions.route(RequestPredicates.POST(PATH), http::answer);
    }
}
