#!/bin/sh
# Starts ChronoTrack with the JVM settings that it is measured and shipped with.
#
#   start.sh [option]     start the service; options are those of chronotrack.jar (see --help)
#   start.sh --prepare    unpack the server and write a class data archive, both beside the jar, which
#                         makes later starts faster
#
# CHRONOTRACK_JAR  the jar, if it is neither beside this script nor in the build's target folder
# JAVA_HOME        the Java to use, if it is not the one on the PATH
# JAVA_OPTS        more JVM options; a later option wins over an earlier one
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

if [ -n "${CHRONOTRACK_JAR:-}" ]; then
  jar=$CHRONOTRACK_JAR
elif [ -f "$here/chronotrack.jar" ]; then
  jar=$here/chronotrack.jar
else
  jar=$here/../../target/chronotrack.jar
fi
if [ ! -f "$jar" ]; then
  echo "ChronoTrack cannot start: CHRONOTRACK_JAR must be the path of chronotrack.jar, but there is no '$jar'" >&2
  exit 2
fi

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
else
  java=java
fi

# The JVM compares paths with those in its archive by their text.
jar=$(CDPATH='' cd -- "$(dirname -- "$jar")" && pwd)/${jar##*/}
archive=${jar%.jar}.jsa
unpacked=${jar%.jar}.unpacked

# Serial collector and a heap that begins near what the service needs: it lives on a few cores and in
# a small container. The server loads about 90 MB of classes: a metaspace that begins near there
# saves full collections during the start. The optimizing compiler waits for twenty times as many
# calls as it would, and the fast one for twice as many: else they compete with the start for the
# processors, for code that only the start runs. Under load that many calls are there within a
# minute, and the launcher knows by these options that it need not keep the compiler out altogether.
# Dozens of threads share the 18 MB in which objects are made: by default each would take its part in
# pieces of 6 KB, a dozen for every request. Where a tenth of that room may be wasted, and not a
# hundredth, they are ten times as large.
# What the compilers have used is given back to the system every second (by JVMs from 17.0.9).
# Threads keep no copies of what they write that are larger than usual answers.
# When memory runs out, ending is better than going on with what is left.
flags="-XX:+UseSerialGC -Xms112m -Xmx176m -Xmn22m -XX:TLABWasteTargetPercent=10
  -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40
  -XX:MetaspaceSize=96m -XX:CICompilerCount=2
  -XX:Tier3InvocationThreshold=400 -XX:Tier3MinInvocationThreshold=200 -XX:Tier3CompileThreshold=4000
  -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=12000
  -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000
  -XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=1000 -XX:+ExitOnOutOfMemoryError
  -Djdk.nio.maxCachedBufferSize=65536"

# The server's many class loaders share metaspace in small pieces. JVMs from 21 on have no choice in
# that, and would complain about the option.
real=$(readlink -f "$(command -v "$java")" 2>/dev/null || true)
case $(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "${real%/bin/java}/release" 2>/dev/null || true) in
  17 | 18 | 19 | 20) flags="$flags -XX:MetaspaceReclaimPolicy=aggressive" ;;
esac

# Large pages for code and heap, where the system gives them to those who ask: the processor then
# finds addresses with fewer steps, of which a request through all layers of the server takes many.
case $(cat /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null || true) in
  *"[always]"* | *"[madvise]"*) flags="$flags -XX:+UseTransparentHugePages" ;;
esac

# The C library would keep freed memory in an arena for each of eight threads a processor.
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
export MALLOC_ARENA_MAX

# What the JVM says about single classes that cannot be archived helps nobody here. Whether the
# archive fits it and the jar it checks by itself, and does without if not.
quiet="-Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:class+path=off"

if [ "${1:-}" = "--prepare" ]; then
  rm -rf "$archive" "$unpacked"
  "$java" -jar "$jar" --unpack
  wc -c <"$jar" >"$unpacked/size-of-jar"
  # A full start and stop, on a database of its own, in which the JVM notes the classes it loads. It
  # keeps them all: JDK 25 sometimes crashed when it wrote the archive after it had unloaded some.
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  # shellcheck disable=SC2086 # the flags are words
  DATABASE_FILE=$folder/prepare.db STORAGE=sqlite AUTH=off "$java" $flags $quiet ${JAVA_OPTS:-} \
    -XX:-ClassUnloading -XX:ArchiveClassesAtExit="$archive" -jar "$unpacked/start.jar" --check
  test -f "$archive"
  exit
fi

# What was unpacked from another jar, or halfway, is left alone.
if [ -f "$archive" ] && [ -f "$unpacked/start.jar" ] && [ ! "$jar" -nt "$unpacked/start.jar" ] &&
  [ "$(wc -c <"$jar")" -eq "$(cat "$unpacked/size-of-jar")" ]; then
  # shellcheck disable=SC2086 # the flags are words
  set -- $quiet -XX:SharedArchiveFile="$archive" -jar "$unpacked/start.jar" "$@"
else
  set -- -jar "$jar" "$@"
fi
# shellcheck disable=SC2086 # the flags are words
exec "$java" $flags ${JAVA_OPTS:-} "$@"
