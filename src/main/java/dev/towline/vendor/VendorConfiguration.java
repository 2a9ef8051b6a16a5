package dev.towline.vendor;

import dev.towline.store.Table;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class VendorConfiguration {

    @Bean
    Table<Vendor> vendorsTable() {
        return Vendors.TABLE;
    }
}
