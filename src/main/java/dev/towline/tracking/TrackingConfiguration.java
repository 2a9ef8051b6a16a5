package dev.towline.tracking;

import dev.towline.store.Table;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TrackingConfiguration {

    @Bean
    Table<TrackingSession> sessionsTable() {
        return Sessions.TABLE;
    }

    @Bean
    Table<TrailChunk> trailTable() {
        return TrailChunk.TABLE;
    }
}
