package dev.towline.localdax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lists of attribute names that clients have registered: items travel as the id of such a list and values. Ids depend on the names
 * only, so that a client that outlives the endpoint goes on with them; one that meets an id of which the endpoint knows nothing would hang.
 * Thread-safe.
 */
final class AttributeLists {

    /** By convention: clients do not ask for it. */
    private static final long EMPTY_ID = 1;

    /** The JavaScript client refuses more than 53. */
    private static final int ID_BITS = 52;

    private static final AttributeLists OF_THIS_JVM = new AttributeLists(null);

    private final ConcurrentMap<Long, List<String>> names = new ConcurrentHashMap<>();
    private final ConcurrentMap<List<String>, Long> ids = new ConcurrentHashMap<>();
    private final @Nullable Path file;
    private long bytes;

    private AttributeLists(@Nullable Path file) {
        this.file = file;
    }

    /** Those of this JVM: an endpoint that is started anew knows what an earlier one was told. */
    static AttributeLists ofThisJvm() {
        return OF_THIS_JVM;
    }

    /**
     * Those in a file, which is made if it is not there: also an endpoint in another JVM goes on with them. Lines of JSON, one a list; a
     * line that is cut off counts as not there.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    static AttributeLists in(Path file) {
        var lists = new AttributeLists(file);
        try {
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(lists::remember);
            }
            return lists;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing that lasts, for tests. */
    static AttributeLists forgetful() {
        return new AttributeLists(null);
    }

    /**
     * The id of a list, which is registered if it is new.
     *
     * @param mostBytes how many all lists together may have
     * @throws DaxError if they would have more
     */
    long idOf(List<String> list, long mostBytes) {
        if (list.isEmpty()) {
            return EMPTY_ID;
        }
        Long known = ids.get(list);
        return known == null ? register(List.copyOf(list), mostBytes) : known;
    }

    /** @throws DaxError if nobody has registered it */
    List<String> namesOf(long id) {
        if (id == EMPTY_ID) {
            return List.of();
        }
        List<String> list = names.get(id);
        if (list == null) {
            throw Errors.validation("Unknown attribute list %d: build the client anew".formatted(id));
        }
        return list;
    }

    private synchronized long register(List<String> list, long mostBytes) {
        long size = list.stream().mapToLong(each -> 2L * each.length()).sum();
        if (bytes + size > mostBytes) {
            throw Errors.limit("The names of attributes have more than %d bytes".formatted(mostBytes));
        }
        long id = add(list);
        if (file != null) {
            append(file, list);
        }
        return id;
    }

    private long add(List<String> list) {
        long id = hash(list);
        List<String> other = names.putIfAbsent(id, list);
        if (other != null && !other.equals(list)) {
            throw Errors.limit("Two lists of attributes have the id %d".formatted(id));
        }
        if (ids.put(list, id) == null) {
            bytes += list.stream().mapToLong(each -> 2L * each.length()).sum();
        }
        return id;
    }

    private synchronized void remember(String line) {
        try {
            var _ = add(JsonMapper.shared().readValue(line, new TypeReference<List<String>>() {}));
        } catch (JacksonException _) {
            // cut off when an endpoint ended; its client registers the list again
        }
    }

    private static void append(Path file, List<String> list) {
        try {
            // on a line of its own also after one that was cut off
            Files.writeString(
                    file,
                    "\n" + JsonMapper.shared().writeValueAsString(list),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long hash(List<String> list) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : list) {
                byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).flip());
                digest.update(utf8);
            }
            long id = ByteBuffer.wrap(digest.digest()).getLong() >>> (Long.SIZE - ID_BITS);
            return id <= EMPTY_ID ? id + 2 : id;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
