package dev.towline.upload;

/** A file is not stored any more, because it arrived too long ago. */
public final class UploadGone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UploadGone() {
        super("a part of the upload is not stored any more", null, false, false);
    }
}
