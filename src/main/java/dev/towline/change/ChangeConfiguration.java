package dev.towline.change;

import dev.towline.store.ChangeStages;
import dev.towline.store.EntityBytes;
import dev.towline.store.NumberedChanges;
import dev.towline.store.VersionFloors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

/** The beans that translate between changes and bus messages. */
@Configuration(proxyBeanMethods = false)
class ChangeConfiguration {

    @Bean
    ChangeMessages changeMessages(EntityBytes entities) {
        return new ChangeMessages(entities);
    }

    @Bean
    Inbound inbound(
            CoherenceSettings settings,
            ChangeMessages messages,
            VersionFloors floors,
            ChangeStages stages,
            ObjectProvider<NumberedChanges> numbers,
            ObjectProvider<MessageListener> listeners,
            ObjectProvider<Bus> bus) {
        return new Inbound(
                settings.sharding(),
                messages,
                floors,
                stages,
                numbers.getIfAvailable(() -> NumberedChanges.NONE),
                SingletonSupplier.of(() -> listeners.stream().toList()),
                () -> bus.getObject().mark());
    }

    @Bean
    BusStage busStage(Bus bus, ChangeMessages messages, ObjectProvider<NumberedChanges> numbers) {
        return new BusStage(bus, messages, numbers.getIfAvailable(() -> NumberedChanges.NONE));
    }
}
