package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class OutcomeTests {

    @Test
    void tellsFailuresApart() {
        assertThat(Outcome.of(ConditionalCheckFailedException.builder().build()))
                .isEqualTo(Outcome.CONFLICT);
        assertThat(Outcome.of(canceled("None", "TransactionConflict"))).isEqualTo(Outcome.CONFLICT);
        assertThat(Outcome.of(canceled("None", "ThrottlingError"))).isEqualTo(Outcome.THROTTLED);
        assertThat(Outcome.of(canceled("ValidationError"))).isEqualTo(Outcome.ERROR);
        assertThat(Outcome.of(ProvisionedThroughputExceededException.builder().build()))
                .isEqualTo(Outcome.THROTTLED);
        assertThat(Outcome.of(ApiCallTimeoutException.create(1))).isEqualTo(Outcome.TIMEOUT);
        assertThat(Outcome.of(SdkClientException.create("read", new SocketTimeoutException())))
                .isEqualTo(Outcome.TIMEOUT);
        assertThat(Outcome.of(InternalServerErrorException.builder().build())).isEqualTo(Outcome.ERROR);
        assertThat(Outcome.CONFLICT.tag()).isEqualTo("conflict");
    }

    private static TransactionCanceledException canceled(String... codes) {
        return TransactionCanceledException.builder()
                .cancellationReasons(Arrays.stream(codes)
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .build();
    }
}
