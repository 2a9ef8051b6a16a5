package dev.towline.dynamo;

/** All of {@link StoreIT} with reads through DAX. */
class StoreOverDaxIT extends StoreIT {

    @Override
    StoreFixture open() {
        return StoreFixture.startOverDax();
    }

    @Override
    String path() {
        return "dax";
    }
}
