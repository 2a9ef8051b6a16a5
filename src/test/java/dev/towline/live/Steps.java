package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** The steps of an inbox. */
final class Steps {

    private Steps() {}

    /** All steps up to one that does nothing, which is included. */
    static List<Step<Note>> of(Inbox<Note> inbox) {
        List<Step<Note>> steps = new ArrayList<>();
        do {
            assertThat(steps).hasSizeLessThan(1000);
            steps.add(inbox.next());
        } while (!(steps.getLast() instanceof Step.Idle<?>) && !(steps.getLast() instanceof Step.Closed<?>));
        return steps;
    }

    /** The messages that are delivered in the steps up to one that does nothing. */
    static List<Note> delivered(Inbox<Note> inbox) {
        List<Note> notes = new ArrayList<>();
        for (Step<Note> step : of(inbox)) {
            if (step instanceof Step.Deliver<Note>(Note note)) {
                notes.add(note);
            }
        }
        return notes;
    }
}
