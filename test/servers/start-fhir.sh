#!/usr/bin/env bash
# start-fhir.sh DATA_DIR PORT: a FHIR R4 end-point that refuses what HAPI FHIR's validator refuses (FhirReceiver.java beside this script). Prints its process id once it serves.
# Settings: HAPI_VERSION (8.4.0)  HAPI_CACHE (~/.cache/vigil-hapi-fhir)  FHIR_WAIT_S (90)
set -euo pipefail
here=$(dirname "$(realpath "$0")")
version=${HAPI_VERSION:-8.4.0}
cache=${HAPI_CACHE:-$HOME/.cache/vigil-hapi-fhir}/$version
data=$(realpath -m "$1"); port=$2; wait_s=${FHIR_WAIT_S:-90}
say() { echo "start-fhir: $*" >&2; }
command -v javac >/dev/null || { say "javac is missing: install a Java development kit, 17 or newer, or name a server with FHIR_URL"; exit 1; }
mkdir -p "$cache" "$data"

dependency() { echo "<dependency><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version></dependency>"; }

fetch_jars() {
  command -v mvn >/dev/null || { say "mvn is missing: install Maven, or name a server with FHIR_URL"; exit 1; }
  say "downloading HAPI FHIR $version"
  cat > "$cache/pom.xml" <<P
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>vigil</groupId><artifactId>fhir-receiver</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    $(for part in validation structures-r4 validation-resources-r4 caching-caffeine; do dependency ca.uhn.hapi.fhir "hapi-fhir-$part" "$version"; done)
    $(dependency org.slf4j slf4j-simple 2.0.17)
  </dependencies>
</project>
P
  rm -rf "$cache/jars"
  mvn -q -B -f "$cache/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$cache/jars" >&2
  touch "$cache/jars.ok"
}

exec 9>"$cache/.lock"; flock 9 # one download at a time; closed before the server starts, which would inherit it
[ -e "$cache/jars.ok" ] || fetch_jars
exec 9>&-

mkdir -p "$data/classes"
javac -nowarn -d "$data/classes" -cp "$cache/jars/*" "$here/FhirReceiver.java" >&2
: > "$data/fhir.log"
nohup java -Xms64m -Xmx768m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -cp "$data/classes:$cache/jars/*" FhirReceiver "$port" > "$data/fhir.log" 2>&1 < /dev/null &
server=$!
for ((i = 0; i < wait_s * 20; i++)); do
  if grep -q '^serving' "$data/fhir.log"; then echo $server; exit 0; fi
  kill -0 $server 2>/dev/null || { say "the server died:"; tail -30 "$data/fhir.log" >&2; exit 1; }
  sleep 0.05
done
say "the server did not serve within $wait_s s:"; tail -30 "$data/fhir.log" >&2
kill -9 $server; exit 1
