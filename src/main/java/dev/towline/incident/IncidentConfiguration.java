package dev.towline.incident;

import dev.towline.store.Table;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IncidentConfiguration {

    @Bean
    Table<Incident> incidentsTable() {
        return Incidents.TABLE;
    }
}
