package dev.towline.store;

import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The stored result of the first call with a client token. It is written in one transaction with the result, so that neither exists
 * without the other.
 *
 * @param key the token
 * @param revision always the first
 * @param resultId the id of the entity that the call created
 * @param fingerprint a hash of the input of the call, to distinguish a retry from a second use of the token
 * @param createdAt the time of the first call
 */
record ClientToken(Key key, Revision revision, String resultId, String fingerprint, Instant createdAt)
        implements Entity {

    static final Duration RETENTION = Duration.ofDays(1);

    static final Table<ClientToken> TABLE =
            new Table<>("client-tokens", "client-token", false, new Codec(), List.of(), ClientToken::expiresAt);

    private Instant expiresAt() {
        return createdAt.plus(RETENTION);
    }

    record Key(Tenant tenant, String id) implements EntityKey {

        @Override
        public String entity() {
            return TABLE.entity();
        }
    }

    private static final class Codec implements ItemCodec<ClientToken> {

        @Override
        public void write(ClientToken token, ItemWriter item) {
            item.string("resultId", token.resultId)
                    .string("fingerprint", token.fingerprint)
                    .instant("createdAt", token.createdAt);
        }

        @Override
        public ClientToken read(ItemReader item) {
            return new ClientToken(
                    new Key(item.tenant(), item.id()),
                    item.revision(),
                    item.string("resultId"),
                    item.string("fingerprint"),
                    item.instant("createdAt"));
        }
    }
}
