package dev.towline.redis;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What a server tells of itself with {@code INFO} (https://redis.io/docs/latest/commands/info/).
 *
 * @param runId a random id of the process
 * @param majorVersion of Redis, or of the Redis with which another server is compatible; 0 if unknown
 */
record ServerInfo(String runId, int majorVersion) {

    static ServerInfo parse(String info) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(info));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(properties);
    }

    static ServerInfo of(Properties info) {
        String version = info.getProperty("redis_version", "0");
        return new ServerInfo(info.getProperty("run_id", ""), Integer.parseInt(version.replaceFirst("\\D.*", "")));
    }
}
