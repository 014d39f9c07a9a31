#!/usr/bin/env bash
# start-influxdb.sh DATA_DIR PORT: a real InfluxDB 1.x (Debian's package `influxdb`). Prints its process id once it answers.
# Installs the package when influxd is missing and we are root. Setting: INFLUX_WAIT_S (30)
set -euo pipefail
data=$(realpath -m "$1"); port=$2; wait_s=${INFLUX_WAIT_S:-30}
say() { echo "start-influxdb: $*" >&2; }
if ! command -v influxd >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "influxd is missing: install InfluxDB 1.x (on Debian: apt-get install influxdb), or name a server with INFLUX_URL"; exit 1
  fi
  say "installing Debian's package influxdb"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends influxdb >&2
fi
mkdir -p "$data"
cat > "$data/influxdb.conf" <<P
reporting-disabled = true
bind-address = "127.0.0.1:$((port + 1))"
[meta]
  dir = "$data/meta"
[data]
  dir = "$data/data"
  wal-dir = "$data/wal"
  index-version = "tsi1"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:$port"
  log-enabled = false
P
nohup influxd -config "$data/influxdb.conf" > "$data/influxd.log" 2>&1 < /dev/null &
server=$!
for ((i = 0; i < wait_s * 20; i++)); do
  curl -fsS "http://127.0.0.1:$port/ping" >/dev/null 2>&1 && { echo $server; exit 0; }
  kill -0 $server 2>/dev/null || { say "the server died:"; tail -20 "$data/influxd.log" >&2; exit 1; }
  sleep 0.05
done
say "the server did not answer within $wait_s s"; kill -9 $server; exit 1
