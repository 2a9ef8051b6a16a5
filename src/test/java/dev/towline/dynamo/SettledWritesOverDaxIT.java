package dev.towline.dynamo;

/** All of {@link SettledWritesIT} with reads through DAX. */
class SettledWritesOverDaxIT extends SettledWritesIT {

    @Override
    StoreFixture open() {
        return StoreFixture.startOverDax();
    }
}
