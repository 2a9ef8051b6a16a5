package dev.towline.localdax;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;

/** Consumed capacity, and the sizes of item collections. */
final class Consumption {

    private static final int UNITS = 1;
    private static final int READ_UNITS = 2;
    private static final int WRITE_UNITS = 3;
    private static final int TABLE_NAME = 4;
    private static final int TABLE = 5;
    private static final int GLOBAL_INDEXES = 6;
    private static final int LOCAL_INDEXES = 7;

    private Consumption() {}

    static void write(CborOutput out, ConsumedCapacity consumed) {
        out.nested(inner -> {
            inner.text(consumed.tableName()).real(units(consumed.capacityUnits()));
            if (consumed.table() == null) {
                inner.nothing();
            } else {
                inner.real(units(consumed.table().capacityUnits()));
            }
            indexes(inner, consumed.hasGlobalSecondaryIndexes(), consumed.globalSecondaryIndexes());
            indexes(inner, consumed.hasLocalSecondaryIndexes(), consumed.localSecondaryIndexes());
        });
    }

    /** The form of the batches: an array. */
    static void writeAll(CborOutput out, List<ConsumedCapacity> all) {
        out.array(all.size());
        all.forEach(each -> write(out, each));
        out.end();
    }

    /** The form of transactions, which tells reads from writes. */
    static void writeAllExtended(CborOutput out, List<ConsumedCapacity> all) {
        out.array(all.size());
        for (ConsumedCapacity each : all) {
            out.stream().key(TABLE_NAME).text(each.tableName());
            units(out, each.capacityUnits(), each.readCapacityUnits(), each.writeCapacityUnits());
            if (each.table() != null) {
                capacity(out.key(TABLE), each.table());
            }
            if (each.hasGlobalSecondaryIndexes()) {
                capacities(out.key(GLOBAL_INDEXES), each.globalSecondaryIndexes());
            }
            if (each.hasLocalSecondaryIndexes()) {
                capacities(out.key(LOCAL_INDEXES), each.localSecondaryIndexes());
            }
            out.endMap();
        }
        out.end();
    }

    static void write(CborOutput out, ItemCollectionMetrics metrics) {
        out.nested(inner -> {
            metrics.itemCollectionKey().values().forEach(each -> AttributeValues.write(inner, each));
            metrics.sizeEstimateRangeGB().forEach(inner::real);
        });
    }

    static void writeAll(CborOutput out, Map<String, List<ItemCollectionMetrics>> metrics) {
        out.map(metrics.size());
        metrics.forEach((table, all) -> {
            out.key(table).array(all.size());
            all.forEach(each -> write(out, each));
            out.end();
        });
        out.endMap();
    }

    private static void indexes(CborOutput out, boolean hasAny, Map<String, Capacity> capacities) {
        if (!hasAny) {
            out.nothing();
            return;
        }
        out.map(capacities.size());
        capacities.forEach((index, each) -> out.key(index).real(units(each.capacityUnits())));
        out.endMap();
    }

    private static void capacities(CborOutput out, Map<String, Capacity> capacities) {
        out.map(capacities.size());
        capacities.forEach((index, each) -> capacity(out.key(index), each));
        out.endMap();
    }

    private static void capacity(CborOutput out, Capacity capacity) {
        out.stream();
        units(out, capacity.capacityUnits(), capacity.readCapacityUnits(), capacity.writeCapacityUnits());
        out.endMap();
    }

    private static void units(
            CborOutput out, @Nullable Double units, @Nullable Double readUnits, @Nullable Double writeUnits) {
        if (units != null) {
            out.key(UNITS).real(units);
        }
        if (readUnits != null) {
            out.key(READ_UNITS).real(readUnits);
        }
        if (writeUnits != null) {
            out.key(WRITE_UNITS).real(writeUnits);
        }
    }

    private static double units(@Nullable Double units) {
        return units == null ? 0 : units;
    }
}
