#!/usr/bin/env bash
# Runs the tests on SQLite, and once more on PostgreSQL when DATABASE_URL names one. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

bash .ci/setup.sh dev
mend="read the failures above; one test alone: make test ARGS='tests/test_layers.py'"

# In subshells, so that a failure on the one does not hide the other.
code=0
(step "Test on SQLite" "$mend" env -u DATABASE_URL .venv/bin/python -m pytest -n auto "$@") || code=1
if [ -n "${DATABASE_URL:-}" ]; then
  (step "Test on PostgreSQL, or what else DATABASE_URL names" "$mend" .venv/bin/python -m pytest -n auto "$@") || code=1
else
  say "Not tested on PostgreSQL: DATABASE_URL is not set"
fi
exit "$code"
