# The service in a container: built in one stage, run in another that holds a Java runtime and the service, nothing else.
#   docker build -t towline .
# For a Towline with everything it needs: docker compose up --build

FROM node:22-bookworm-slim AS node

FROM eclipse-temurin:25-jdk-noble AS build
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
RUN ./mvnw -B -q -Dmaven.test.skip=true package \
 && java -Djarmode=tools -jar target/towline-*.jar extract --layers --launcher --destination target/layers

FROM eclipse-temurin:25-jre-noble
RUN useradd --system --uid 10001 --no-create-home towline
WORKDIR /towline
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
USER 10001
EXPOSE 8080
# A container's memory is the service's alone, save what threads, sockets and the JVM itself need.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD curl --fail --silent http://localhost:8080/actuator/health/readiness || exit 1
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "org.springframework.boot.loader.launch.JarLauncher"]
