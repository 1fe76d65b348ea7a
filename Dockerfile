# Build: a JDK is all that ./mvnw needs.
FROM eclipse-temurin:17.0.20.1_1-jdk-noble AS build
WORKDIR /build

# For a network that reaches a mirror only; see ./mvnw.
ARG MVNW_REPOURL=

# Maven and the dependencies in a layer of their own, which a change of the sources leaves valid.
COPY mvnw pom.xml ./
COPY .mvn .mvn
RUN ./mvnw --batch-mode --no-transfer-progress --quiet dependency:go-offline

COPY src src
COPY server-config server-config
RUN ./mvnw --batch-mode --no-transfer-progress package -DskipTests

# Run: a JRE, the executable jar and the script that starts it, and no root.
FROM eclipse-temurin:17.0.20.1_1-jre-noble

# A numeric user, so that Kubernetes can see for itself that it is not root. It owns /data and
# nothing else.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin chronotrack \
  && install --directory --owner=10001 --group=10001 --mode=0750 /data

COPY --chmod=0555 server-config/payara-micro/start.sh /app/
COPY --chmod=0444 --from=build /build/target/chronotrack.jar /app/

# The server unpacked, and a class data archive made by this very JRE, take two fifths off each start.
RUN ["/app/start.sh", "--prepare"]

# In production AUTH is on. The secret that keys are hashed with is beside the database; ADMIN_KEY_FILE
# and HASH_SECRET_FILE take secrets that are mounted.
ENV APP_ENV=production \
    BIND=0.0.0.0 \
    PORT=3000 \
    DATABASE_FILE=/data/chronotrack.db

# /data is the only volume. At each start the server also unpacks the application below /tmp, about
# 60 MB, and loads a native library from there. With a read-only root file system, give it
# --tmpfs /tmp:exec,size=256m, and remember that a tmpfs counts as the container's memory.
VOLUME /data
WORKDIR /data
USER 10001:10001
EXPOSE 3000

# By bash, which this image certainly has, where curl may go one day. BIND must include loopback.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$PORT" \
    && printf "GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3 \
    && read -r -t 4 _ status _ <&3 && [ "$status" = 200 ]'

# The script replaces itself with Java, so that a stop signal reaches the server.
ENTRYPOINT ["/app/start.sh"]

# Last, because they change with every commit.
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ChronoTrack" \
      org.opencontainers.image.description="Tracks jobs and their runs over HTTP" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
