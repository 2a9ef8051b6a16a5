package dev.towline.upload;

import dev.towline.store.Table;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class UploadConfiguration {

    @Bean
    Table<Upload> uploadsTable() {
        return Upload.TABLE;
    }

    @Bean
    Table<UploadPart> uploadPartsTable() {
        return UploadPart.TABLE;
    }
}
