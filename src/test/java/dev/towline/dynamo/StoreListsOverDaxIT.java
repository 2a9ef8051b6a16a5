package dev.towline.dynamo;

/** All of {@link StoreListsIT} with reads through DAX. */
class StoreListsOverDaxIT extends StoreListsIT {

    @Override
    StoreFixture open() {
        return StoreFixture.startOverDax();
    }
}
