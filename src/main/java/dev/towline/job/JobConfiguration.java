package dev.towline.job;

import dev.towline.store.Table;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    @Bean
    Table<Job> jobsTable() {
        return Jobs.TABLE;
    }

    @Bean
    Table<JobQueue> jobQueueTable() {
        return JobQueue.TABLE;
    }
}
