# The service in a container: built in one stage, run in another that holds Java and the service, nothing else.
#   docker build -t towline .
# For a Towline with everything it needs: docker compose up --build

# One image for both: a JVM takes an AOT cache only from the very same build, and else starts without it.
ARG JAVA=eclipse-temurin:25-jdk-noble

FROM node:22-bookworm-slim AS node

FROM ${JAVA} AS build
# The build bundles the web pages with Node.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
# What changes least comes first, so that a change of the source does not fetch the world again.
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN ./mvnw -B -q dependency:go-offline
COPY . .
# Unpacks the jar, and trains it with requests against the embedded stack of the tests, of which nothing gets into the image.
RUN ./mvnw -B -q -DskipTests package exec:exec@image

FROM ${JAVA}
RUN useradd --system --uid 10001 --no-create-home towline
WORKDIR /towline
# what changes least comes first
COPY --from=build /build/target/image/lib/ lib/
COPY --from=build /build/target/image/towline.jar ./
COPY --from=build /build/target/image/towline.aot ./
USER 10001
EXPOSE 8080
# A container's memory is the service's alone, save what threads, sockets and the JVM itself need. The AOT cache was trained with these options.
ENV JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -Xms96m -XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD curl --fail --silent http://localhost:8080/actuator/health/readiness || exit 1
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:AOTCache=towline.aot", "-jar", "towline.jar"]
