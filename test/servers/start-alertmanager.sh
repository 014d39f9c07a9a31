#!/usr/bin/env bash
# start-alertmanager.sh DATA_DIR PORT: a real Prometheus Alertmanager (Debian's package `prometheus-alertmanager`). Prints its process id once it is ready.
# Installs the package when it is missing and we are root. Setting: ALERTMANAGER_WAIT_S (30)
set -euo pipefail
data=$(realpath -m "$1"); port=$2; wait_s=${ALERTMANAGER_WAIT_S:-30}
say() { echo "start-alertmanager: $*" >&2; }
if ! command -v prometheus-alertmanager >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "prometheus-alertmanager is missing: install it (on Debian: apt-get install prometheus-alertmanager), or name a server with ALERTMANAGER_URL"; exit 1
  fi
  say "installing Debian's package prometheus-alertmanager"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends prometheus-alertmanager >&2
fi
mkdir -p "$data"
# without a repetition, an alert is over after resolve_timeout
cat > "$data/alertmanager.yml" <<P
global:
  resolve_timeout: 5s
route:
  receiver: nobody
  group_by: [ward]
receivers:
  - name: nobody
P
nohup prometheus-alertmanager --config.file="$data/alertmanager.yml" --storage.path="$data/storage" \
  --web.listen-address="127.0.0.1:$port" --cluster.listen-address= > "$data/alertmanager.log" 2>&1 < /dev/null &
server=$!
for ((i = 0; i < wait_s * 20; i++)); do
  curl -fsS "http://127.0.0.1:$port/-/ready" >/dev/null 2>&1 && { echo $server; exit 0; }
  kill -0 $server 2>/dev/null || { say "the server died:"; tail -20 "$data/alertmanager.log" >&2; exit 1; }
  sleep 0.05
done
say "the server was not ready within $wait_s s"; kill -9 $server; exit 1
