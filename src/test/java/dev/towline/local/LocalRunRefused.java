package dev.towline.local;

/** The local run cannot start, for a reason that the developer can fix. */
final class LocalRunRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param reason what is wrong, with the name of the setting if one causes it
     * @param remedy what to do about it
     */
    LocalRunRefused(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
