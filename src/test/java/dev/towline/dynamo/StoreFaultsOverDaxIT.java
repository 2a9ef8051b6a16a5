package dev.towline.dynamo;

/** All of {@link StoreFaultsIT} with reads through DAX. */
class StoreFaultsOverDaxIT extends StoreFaultsIT {

    @Override
    StoreFixture open() {
        return StoreFixture.startOverDax();
    }

    @Override
    int mostRequestsOfDax() {
        return 6;
    }
}
