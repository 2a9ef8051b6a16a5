package dev.towline.store;

import dev.towline.problem.BadInput;
import dev.towline.problem.Problem;
import dev.towline.problem.Require;
import dev.towline.viewer.Viewer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes retries of creating mutations idempotent: a second call with a token returns the result of the first. Blocking, thread-safe. */
@Component
public final class ClientTokens {

    private static final String ARGUMENT = "input.clientToken";

    private static final int MAX_CHARACTERS = 64;

    private final Store store;
    private final InstantSource clock;

    ClientTokens(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The outcome of a creating call.
     *
     * @param result the new entity, which the caller gets
     * @param writes all writes of the call, which form one transaction
     */
    public record Creation<T extends Entity>(T result, List<Write<?>> writes) {

        public Creation {
            writes = List.copyOf(writes);
        }
    }

    /**
     * A creating call.
     *
     * @param viewer the owner of the token; equal tokens of other viewers are independent
     * @param operation the name of the mutation
     * @param token the client token, null for none
     * @param input the arguments, compared by their text to detect that a token is reused for another call
     */
    public record Call(
            Viewer viewer, String operation, @Nullable String token, List<?> input) {

        /** A call with these arguments, which may be null. */
        public static Call of(Viewer viewer, String operation, @Nullable String token, @Nullable Object... input) {
            return new Call(viewer, operation, token, Arrays.asList(input));
        }
    }

    /**
     * Carries out the call once per token.
     *
     * @param first makes the creation from the stored state; called again after a write conflict
     * @param again reads the result of the first call by its id
     * @throws BadInput if the token was used with different input, or is empty or too long
     */
    public <T extends Entity> T once(Call call, Supplier<Creation<T>> first, Function<String, T> again) {
        String token = call.token();
        if (token == null) {
            return store.retryingConflicts(() -> create(first.get(), List.of()));
        }
        ClientToken.Key key = key(call, Require.anyText(ARGUMENT, token, MAX_CHARACTERS));
        String fingerprint = fingerprint(call.input());
        return store.retryingConflicts(() -> {
            T known = recall(key, fingerprint, again);
            if (known != null) {
                return known;
            }
            Creation<T> creation;
            try {
                creation = first.get();
            } catch (Problem refused) {
                // A concurrent first call with the same token may have caused the refusal.
                T meanwhile = recall(key, fingerprint, again);
                if (meanwhile != null) {
                    return meanwhile;
                }
                throw refused;
            }
            ClientToken stored = new ClientToken(
                    key, Revision.first(), creation.result().key().id(), fingerprint, clock.instant());
            return create(creation, List.of(new Write<>(ClientToken.TABLE, stored)));
        });
    }

    /** Encodes the token, so that it contains no '#' and the last '#' of the key separates it from the subject. UUIDs stay unchanged. */
    private static ClientToken.Key key(Call call, String token) {
        String plain = URLEncoder.encode(token, StandardCharsets.UTF_8).replace("%3A", ":");
        return new ClientToken.Key(
                call.viewer().tenant(), call.operation() + '#' + call.viewer().subject() + '#' + plain);
    }

    /** The result of the first call, null if there was no call with this token. */
    private <T extends Entity> @Nullable T recall(ClientToken.Key key, String fingerprint, Function<String, T> again) {
        ClientToken known = store.getConsistently(ClientToken.TABLE, key);
        if (known == null) {
            return null;
        }
        if (!known.fingerprint().equals(fingerprint)) {
            throw new BadInput(ARGUMENT, "was already used with different input.");
        }
        return again.apply(known.resultId());
    }

    private <T extends Entity> T create(Creation<T> creation, List<Write<?>> more) {
        List<Write<?>> all = new ArrayList<>(creation.writes());
        all.addAll(more);
        store.write(all);
        return creation.result();
    }

    private static String fingerprint(List<?> input) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(input.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
