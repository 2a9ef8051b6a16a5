package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;

class CommandsTests {

    static Stream<RuntimeException> failures() {
        return Stream.of(
                new QueryTimeoutException("too slow"),
                new RedisSystemException("refused", null),
                new RedisConnectionFailureException("gone"),
                new RedisException("closed"),
                new RedisCommandInterruptedException(new InterruptedException()),
                new CancellationException(),
                new CompletionException(new TimeoutException()),
                new RejectedExecutionException(),
                new IllegalStateException("LettuceConnectionFactory has been STOPPED"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void takesWhateverTheClientThrowsForARedisThatIsDown(RuntimeException thrown) {
        assertThatThrownBy(() -> Commands.call(() -> {
                    throw thrown;
                }))
                .isInstanceOf(RedisDown.class)
                .hasCause(thrown);
    }

    @Test
    void answersWhatRedisAnswers() {
        assertThat(Commands.call(() -> "PONG")).isEqualTo("PONG");
        assertThat(Commands.<String>call(() -> null)).isNull();
    }
}
