package dev.towline.vendor;

import dev.towline.job.JobKind;
import dev.towline.store.Table;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class VendorConfiguration {

    @Bean
    Table<Vendor> vendorsTable() {
        return Vendors.TABLE;
    }

    @Bean
    VendorReconciliation vendorReconciliation(VendorIndexRebuild rebuild, SearchSettings settings) {
        return new VendorReconciliation(JobKind.VENDOR_RECONCILIATION, rebuild, settings.reconcileVendorsPerSecond());
    }

    @Bean
    VendorReconciliation vendorIndexRebuilding(VendorIndexRebuild rebuild) {
        return new VendorReconciliation(JobKind.VENDOR_INDEX_REBUILD, rebuild, Integer.MAX_VALUE);
    }
}
