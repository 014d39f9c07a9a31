#!/usr/bin/env bash
# run.sh [JEST ARGUMENTS]: the contract suites on real servers. Starts what KAFKA_BROKERS, INFLUX_URL, ALERTMANAGER_URL and FHIR_URL do
# not name, stops it at the end, and fails when a server cannot be had.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
settings=$(mktemp)
trap 'rm -f "$settings"; "$here/down.sh"' EXIT
"$here/up.sh" > "$settings"
set -a; . "$settings"; set +a
echo "servers: $KAFKA_BROKERS, $INFLUX_URL, $ALERTMANAGER_URL, $FHIR_URL" >&2
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js -c jest.servers.config.js --runInBand "$@"
