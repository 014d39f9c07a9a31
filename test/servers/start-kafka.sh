#!/usr/bin/env bash
# start-kafka.sh DATA_DIR PORT: a real single-node Kafka broker (KRaft) from its Maven jars, without containers. Prints its process id once it serves.
# The controller listens on PORT+1. The same DATA_DIR again keeps its records.
# Settings: KAFKA_VERSION (4.4.0)  KAFKA_CACHE (~/.cache/vigil-kafka)  KAFKA_HEAP (512m)  KAFKA_WAIT_S (60)
set -euo pipefail
version=${KAFKA_VERSION:-4.4.0}
cache=${KAFKA_CACHE:-$HOME/.cache/vigil-kafka}/$version
data=$(realpath -m "$1"); port=$2; controller=$((port + 1)); wait_s=${KAFKA_WAIT_S:-60}
say() { echo "start-kafka: $*" >&2; }
command -v java >/dev/null || { say "java is missing: install a Java runtime, 17 or newer, or name a broker with KAFKA_BROKERS"; exit 1; }
mkdir -p "$cache" "$data"

run=(java -Xms128m "-Xmx${KAFKA_HEAP:-512m}" -XX:+UseSerialGC -Xshare:auto -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
  -Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info -cp "$cache/jars/*")

properties() { # log directory
  cat <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller
advertised.listeners=PLAINTEXT://127.0.0.1:$port
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs=$1
num.network.threads=2
num.io.threads=4
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
log.cleaner.dedupe.buffer.size=8388608
P
}

fetch_jars() {
  command -v mvn >/dev/null || { say "mvn is missing: install Maven, or name a broker with KAFKA_BROKERS"; exit 1; }
  say "downloading kafka_2.13:$version"
  cat > "$cache/pom.xml" <<P
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>vigil</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
  rm -rf "$cache/jars"
  mvn -q -B -f "$cache/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$cache/jars" >&2
  touch "$cache/jars.ok"
}

format_template() { # formatting takes seconds: once, copied afterwards
  say "formatting the template of an empty log"
  rm -rf "$cache/template" "$cache/template.tmp"
  properties "$cache/template.tmp" > "$cache/template.properties"
  "${run[@]}" kafka.tools.StorageTool format -t 4L6g3nShT-eMCtK--X86sw -c "$cache/template.properties" >&2
  mv "$cache/template.tmp" "$cache/template"
}

exec 9>"$cache/.lock"; flock 9 # one download at a time; closed before the broker starts, which would inherit it
[ -e "$cache/jars.ok" ] || fetch_jars
[ -e "$cache/template/meta.properties" ] || format_template
exec 9>&-

[ -e "$data/log/meta.properties" ] || { rm -rf "$data/log"; cp -r "$cache/template" "$data/log"; }
properties "$data/log" > "$data/server.properties"
: > "$data/kafka.log"
nohup "${run[@]}" kafka.Kafka "$data/server.properties" > "$data/kafka.log" 2>&1 < /dev/null &
broker=$!
for ((i = 0; i < wait_s * 20; i++)); do
  if grep -q 'Kafka Server started' "$data/kafka.log"; then echo $broker; exit 0; fi
  kill -0 $broker 2>/dev/null || { say "the broker died:"; tail -30 "$data/kafka.log" >&2; exit 1; }
  sleep 0.05
done
say "the broker did not serve within $wait_s s:"; tail -30 "$data/kafka.log" >&2
kill -9 $broker; exit 1
