package dev.towline.localdax;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LocalDaxCommand} was told.
 *
 * @param countersEvery null to print the counters at the end only
 */
record CommandLine(DaxSettings settings, @Nullable Duration countersEvery) {

    /** @throws IllegalArgumentException naming the option that is wrong */
    static CommandLine parse(List<String> arguments) {
        LocalDaxBuilder dax = LocalDax.builder();
        Duration countersEvery = null;
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            CommandOption option = CommandOption.named(flag)
                    .orElseThrow(() -> new IllegalArgumentException("There is no option " + flag));
            if (equals < 0) {
                throw new IllegalArgumentException(flag + " needs a value: " + flag + "=…");
            }
            String value = argument.substring(equals + 1);
            try {
                option.apply(dax, value);
                if (option == CommandOption.COUNTERS_EVERY) {
                    countersEvery = CommandOption.duration(value);
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException(flag + ": " + e.getMessage(), e);
            }
        }
        if (countersEvery != null && countersEvery.isZero()) {
            throw new IllegalArgumentException("--counters-every must be positive: 0");
        }
        return new CommandLine(dax.settings(), countersEvery);
    }
}
