#!/usr/bin/env bash
# down.sh [--keep]: stops the servers that up.sh started and removes their state; --keep leaves what they stored.
set -euo pipefail
state=$(realpath -m "${VIGIL_SERVERS:-.vigil/servers}")
for name in kafka influxdb alertmanager fhir; do
  pid_file="$state/$name.pid"
  [ -e "$pid_file" ] || continue
  pid=$(cat "$pid_file")
  kill "$pid" 2>/dev/null || true
  for ((i = 0; i < 200; i++)); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$pid_file"
  [ "${1:-}" = --keep ] || rm -rf "${state:?}/$name"
done
