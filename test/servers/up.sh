#!/usr/bin/env bash
# up.sh: starts a real Kafka, InfluxDB, Alertmanager and a FHIR end-point that validates on this machine, and prints the settings that name them (for `export` or an
# .env file). Servers that run already are left as they are; what KAFKA_BROKERS, INFLUX_URL, ALERTMANAGER_URL or FHIR_URL names is not started.
# Settings: VIGIL_SERVERS (.vigil/servers)  KAFKA_PORT (19092, and the next)  INFLUX_PORT (18086, and the next)  ALERTMANAGER_PORT (18093)  FHIR_PORT (18092)
set -euo pipefail
here=$(dirname "$(realpath "$0")")
state=$(realpath -m "${VIGIL_SERVERS:-.vigil/servers}")
mkdir -p "$state"

start() { # name port: starts a server unless it runs, and remembers its process
  local pid_file="$state/$1.pid"
  if [ -e "$pid_file" ] && kill -0 "$(cat "$pid_file")" 2>/dev/null; then return; fi
  if (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null; then
    echo "servers:up: port $2 is taken by something else: choose another port for $1, or name a server that runs" >&2; exit 1
  fi
  "$here/start-$1.sh" "$state/$1" "$2" > "$pid_file.new"
  mv "$pid_file.new" "$pid_file"
}

if [ -z "${KAFKA_BROKERS:-}" ]; then
  start kafka "${KAFKA_PORT:-19092}"
  KAFKA_BROKERS=127.0.0.1:${KAFKA_PORT:-19092}
fi
if [ -z "${INFLUX_URL:-}" ]; then
  start influxdb "${INFLUX_PORT:-18086}"
  INFLUX_URL=http://127.0.0.1:${INFLUX_PORT:-18086}/vigil
fi
if [ -z "${ALERTMANAGER_URL:-}" ]; then
  start alertmanager "${ALERTMANAGER_PORT:-18093}"
  ALERTMANAGER_URL=http://127.0.0.1:${ALERTMANAGER_PORT:-18093}
fi
if [ -z "${FHIR_URL:-}" ]; then
  start fhir "${FHIR_PORT:-18092}"
  FHIR_URL=http://127.0.0.1:${FHIR_PORT:-18092}/r4
fi
echo "KAFKA_BROKERS=$KAFKA_BROKERS"
echo "INFLUX_URL=$INFLUX_URL"
echo "ALERTMANAGER_URL=$ALERTMANAGER_URL"
echo "FHIR_URL=$FHIR_URL"
