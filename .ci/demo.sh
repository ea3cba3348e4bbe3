#!/usr/bin/env bash
# Starts the portal with demonstration data and its job worker on this machine. Running it again keeps the data and
# the accounts' password: the first run's DEMO_PASSWORD, or a random one, is kept in var/demo-password and printed.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

port=${PORT:-8000}
bash .ci/setup.sh run

# A demonstration never touches the database that DATABASE_URL names.
unset DATABASE_URL
export PORTAL_MODE=demo
python=.venv/bin/python
# WhiteNoise asks for staticfiles, though it finds the files where they are in a demonstration.
mkdir -p var staticfiles

"$python" - "$port" <<'PYTHON' || fail "Port $port on 127.0.0.1 is taken" "stop what uses it, or take another: make demo PORT=8001"
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except (OSError, OverflowError, ValueError) as error:
        sys.exit(str(error))
PYTHON

manage() { "$python" manage.py "$@"; }
again="the data is in var/; move that folder away to begin afresh."
step "Migrate var/portal.sqlite3" "$again" manage migrate --no-input --verbosity 0
step "Make the cache table" "$again" manage createcachetable
step "Load the fixtures" "$again" manage load_facts fixtures/midt fixtures/nord fixtures/demo
step "Make the demonstration accounts" "$again" manage demo_accounts

say "Start the portal on http://127.0.0.1:$port and its job worker; Ctrl-C stops both"
"$python" -m gunicorn clusterportal.wsgi --bind "127.0.0.1:$port" --threads 4 --log-level warning &
web=$!
"$python" manage.py db_worker &
worker=$!

stop() {
  trap '' INT TERM
  kill "$web" "$worker" 2>/dev/null || true
  # A job may take long: what has not ended after ten seconds is killed.
  for _ in {1..100}; do
    kill -0 "$web" 2>/dev/null || kill -0 "$worker" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$web" "$worker" 2>/dev/null || true
  wait
}
trap 'stop; say "Stopped"; exit 0' INT TERM
code=0
wait -n "$web" "$worker" || code=$?
who="job worker"
kill -0 "$web" 2>/dev/null || who="web server"
stop
fail "The $who ended by itself (exit code $code); the other was stopped" "read its last lines above."
