package dev.towline.viewer;

import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Tells viewers who they are. */
@Controller
class ViewerController {

    @QueryMapping
    Viewer getViewer(@ContextValue Viewer viewer) {
        return viewer;
    }

    @SchemaMapping(typeName = "Viewer")
    String tenant(Viewer viewer) {
        return viewer.tenant().name();
    }
}
