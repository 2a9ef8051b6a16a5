package dev.towline.vendor;

import dev.towline.problem.Problem;
import dev.towline.problem.Unavailable;
import dev.towline.viewer.Tenant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Shares the list of a tenant's vendors among all who want it while it is read. Otherwise each search of a tenant whose index is not there yet would
 * read all of its vendors. Thread-safe, blocks while the list is read.
 */
final class VendorListings {

    private final ConcurrentMap<Tenant, CompletableFuture<List<Vendor>>> underWay = new ConcurrentHashMap<>();

    /** The list that is being read, or one that is read now. */
    List<Vendor> get(Tenant tenant, Supplier<List<Vendor>> read) {
        CompletableFuture<List<Vendor>> mine = new CompletableFuture<>();
        CompletableFuture<List<Vendor>> other = underWay.putIfAbsent(tenant, mine);
        if (other != null) {
            return await(other);
        }
        try {
            List<Vendor> all = read.get();
            mine.complete(all);
            return all;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(tenant, mine);
        }
    }

    private static List<Vendor> await(CompletableFuture<List<Vendor>> other) {
        try {
            return other.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new Unavailable("Vendors cannot be searched at the moment. Try again in a moment.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Vendors cannot be searched at the moment. Try again in a moment.", e);
        }
    }
}
