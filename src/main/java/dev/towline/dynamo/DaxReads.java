package dev.towline.dynamo;

import dev.towline.store.ReadPath.Bypass;
import dev.towline.store.Table;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads items of some tables through DAX. They are read from DynamoDB instead if DAX fails, is slow, or may be older than this instance
 * knows, see {@link DaxPath}.
 *
 * @param tables the tables that are read through DAX, by their names without prefix
 * @param dynamo reads from DynamoDB
 */
record DaxReads(DaxPath path, Set<String> tables, BatchGet batches, Reads dynamo, MeterRegistry meters)
        implements Reads {

    static final String BYPASSED = "towline.dax.bypassed";

    @Override
    public Map<ItemKey, Map<String, AttributeValue>> items(Table<?> table, Collection<ItemKey> keys) {
        if (!tables.contains(table.name()) || keys.isEmpty()) {
            return dynamo.items(table, keys);
        }
        Bypass before = path.mayBeOld();
        if (before != null) {
            return pastDax(table, keys, before.name());
        }
        Map<ItemKey, Map<String, AttributeValue>> items;
        try {
            items = batches.items(table, keys, false, request -> path.cluster().batchGetItem(table, request));
        } catch (CallNotPermittedException e) {
            return pastDax(table, keys, Bypass.UNAVAILABLE.name());
        } catch (DaxConnection.Busy e) {
            return pastDax(table, keys, "BUSY");
        } catch (RuntimeException e) { // the client reports failures by many types
            return pastDax(table, keys, "FAILED");
        }
        Bypass after = path.mayBeOld();
        return after == null ? items : pastDax(table, keys, after.name());
    }

    private Map<ItemKey, Map<String, AttributeValue>> pastDax(Table<?> table, Collection<ItemKey> keys, String reason) {
        meters.counter(BYPASSED, "table", table.name(), "reason", reason.toLowerCase(Locale.ROOT))
                .increment();
        return dynamo.items(table, keys);
    }
}
