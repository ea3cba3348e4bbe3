#!/usr/bin/env bash
# Photographs every page of a demonstration of its own into docs/screenshots.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

bash .ci/setup.sh dev
folder=$(mktemp -d)
export PORTAL_MODE=demo DATABASE_URL="sqlite:///$folder/portal.sqlite3" DEMO_PASSWORD=skaermbilleder-2026
python=.venv/bin/python
port=${PORT:-8099}
mkdir -p staticfiles

manage() { "$python" manage.py "$@" >/dev/null; }
step "Fill a demonstration" "read the message above." manage migrate --no-input
step "Make its cache table" "read the message above." manage createcachetable
step "Load the fixtures" "read the message above." manage load_facts fixtures/midt fixtures/nord fixtures/demo
step "Make its accounts" "read the message above." manage demo_accounts
"$python" -m gunicorn clusterportal.wsgi --bind "127.0.0.1:$port" --threads 4 --log-level warning &
web=$!
trap 'kill "$web" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in {1..100}; do
  "$python" -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$port/healthz')" 2>/dev/null && break
  kill -0 "$web" 2>/dev/null || fail "The portal did not start" "is port $port taken? make screenshots PORT=8100"
  sleep 0.1
done
step "Photograph the pages" "read the message above." \
  "$python" -m tests.screenshots "http://127.0.0.1:$port" "$DEMO_PASSWORD"
