package dev.towline.edge.answer;

import dev.towline.edge.content.EncodedContent;
import dev.towline.edge.content.EntityTag;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** The body of an answer in one piece, in all forms in which it is sent. Each is made once. Thread-safe. */
public final class WholeAnswer {

    private final MediaType form;
    private final EncodedContent content;
    private volatile @Nullable String tag;

    /** @param body the body, which must not be changed any more */
    public WholeAnswer(MediaType form, byte[] body) {
        this.form = form;
        this.content = new EncodedContent(body);
    }

    /** The media type. */
    public MediaType form() {
        return form;
    }

    /** The body. */
    public EncodedContent content() {
        return content;
    }

    /** The entity tag. It includes the media type, because it identifies a representation. */
    public String tag() {
        String known = tag;
        if (known == null) {
            known = EntityTag.of(form.toString().getBytes(StandardCharsets.UTF_8), content.plain());
            tag = known;
        }
        return known;
    }

    /** The memory in bytes, if a client asks for each coding. */
    int heapBytes() {
        return 2 * content.plain().length;
    }
}
