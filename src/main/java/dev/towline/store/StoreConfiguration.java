package dev.towline.store;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    Table<ClientToken> clientTokensTable() {
        return ClientToken.TABLE;
    }

    @Bean
    EntityBytes entityBytes(List<Table<?>> tables) {
        return new EntityBytes(tables);
    }

    @Bean
    BatchReads batchReads(ObjectProvider<EntityReads> reads, Store store) {
        return new BatchReads(SingletonSupplier.of(() -> reads.getIfAvailable(() -> BatchReads.straight(store))));
    }

    @Bean
    ChangeStages changeStages(ObjectProvider<ChangeStage> stages) {
        return new ChangeStages(() -> stages.stream().toList());
    }
}
