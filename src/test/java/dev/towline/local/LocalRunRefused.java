package dev.towline.local;

/** A run on the embedded stack cannot start, for a reason that whoever started it can change. */
final class LocalRunRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param reason what is wrong, with the setting's name
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
