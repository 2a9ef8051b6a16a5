package dev.towline.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Looks at the embedded stack from outside. */
final class Probe {

    private static final int PATIENCE_MS = 2_000;

    private Probe() {}

    /** Sends one Redis command, without arguments that need quoting, and returns the first line of the answer. */
    static String redis(int port, String command) throws IOException {
        try (Socket socket = connect(LoopbackPort.ADDRESS, port);
                var answer = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            String first = Objects.requireNonNull(answer.readLine());
            return first.startsWith("$") && !first.equals("$-1") ? Objects.requireNonNull(answer.readLine()) : first;
        }
    }

    static DynamoDbClient dynamo(EmbeddedDynamo dynamo) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(dynamo.endpoint()))
                .region(Region.of(EmbeddedDynamo.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(EmbeddedDynamo.ACCESS_KEY, EmbeddedDynamo.ACCESS_KEY)))
                .build();
    }

    static List<String> tables(EmbeddedDynamo dynamo) {
        try (DynamoDbClient client = dynamo(dynamo)) {
            return client.listTables().tableNames();
        }
    }

    static void createTable(EmbeddedDynamo dynamo, String name) {
        try (DynamoDbClient client = dynamo(dynamo)) {
            client.createTable(table -> table.tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build()));
        }
    }

    /** Whether something accepts connections there. */
    static boolean listens(String address, int port) {
        try (Socket socket = connect(address, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Addresses of this machine at which a server on its loopback address alone does not answer. */
    static List<String> otherAddresses() throws IOException {
        // Linux answers on all of 127/8; elsewhere nothing does, which is as good
        return Stream.concat(
                        Stream.of("127.0.0.2"),
                        NetworkInterface.networkInterfaces()
                                .flatMap(NetworkInterface::inetAddresses)
                                .map(InetAddress::getHostAddress)
                                .filter(address -> !address.equals(LoopbackPort.ADDRESS)))
                .toList();
    }

    private static Socket connect(String address, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), PATIENCE_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
