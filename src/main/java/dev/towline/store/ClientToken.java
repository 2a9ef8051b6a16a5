package dev.towline.store;

import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Remembers what the first call with a client's token made. Written in one transaction with it, so that neither is ever there
 * without the other.
 *
 * @param key the token
 * @param revision always the first
 * @param resultId the id of what the call made
 * @param fingerprint of the input of the call, to tell a retry from a token used twice
 * @param createdAt when
 */
record ClientToken(Key key, Revision revision, String resultId, String fingerprint, Instant createdAt)
        implements Entity {

    static final Duration REMEMBERED = Duration.ofDays(1);

    static final Table<ClientToken> TABLE =
            new Table<>("client-tokens", "client-token", false, new Codec(), List.of(), ClientToken::expiresAt);

    private Instant expiresAt() {
        return createdAt.plus(REMEMBERED);
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
