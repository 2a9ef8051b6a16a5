package dev.towline.tracking;

/** How precisely the values of a fix are stored. Values are rounded before anybody is told, so all answers agree with storage. */
enum Precision {
    /** 1e-7 degrees, about a centimetre. */
    POSITION(10_000_000),
    /** 0.01 m/s. */
    SPEED(100),
    /** 0.0001 m/s: a pace changes little between fixes ten times a second. */
    PACE(10_000),
    /** 0.1 degrees. */
    HEADING(10),
    /** 0.1 m. */
    DISTANCE(10);

    private final double stepsInUnit;

    Precision(double stepsInUnit) {
        this.stepsInUnit = stepsInUnit;
    }

    /** The nearest value that can be stored. */
    double round(double value) {
        return of(steps(value));
    }

    /** The stored number of a value. */
    long steps(double value) {
        return Math.round(value * stepsInUnit);
    }

    /** The value of a stored number. */
    double of(long steps) {
        return steps / stepsInUnit;
    }
}
