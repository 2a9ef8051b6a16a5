package dev.towline.share;

import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;

/** The storage format of a share link. */
final class ShareLinkItems implements ItemCodec<ShareLink> {

    @Override
    public void write(ShareLink link, ItemWriter item) {
        item.string("sessionId", link.sessionId())
                .string("secretHash", link.secretHash())
                .string("createdBy", link.createdBy())
                .instant("validUntil", link.expiresAt())
                .instant("revokedAt", link.revokedAt());
    }

    @Override
    public ShareLink read(ItemReader item) {
        return new ShareLink(
                new ShareLinkKey(item.tenant(), item.id()),
                item.revision(),
                item.string("sessionId"),
                item.string("secretHash"),
                item.string("createdBy"),
                item.instant("validUntil"),
                item.optionalInstant("revokedAt"));
    }
}
