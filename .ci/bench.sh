#!/usr/bin/env bash
# Prints the benchmarks: on SQLite, and once more on PostgreSQL when DATABASE_URL names one.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

bash .ci/setup.sh dev
step "Measure how the evaluation is set" "read the message above." .venv/bin/python -m tests.benchmarks.report_pdf
step "Measure the pages in a browser" "read the message above; Chromium is needed." \
  .venv/bin/python -m tests.benchmarks.browser
step "Measure the pages on SQLite" "read the message above." \
  env -u DATABASE_URL .venv/bin/python -m tests.benchmarks.pages
step "Measure the ledger on SQLite" "read the message above." \
  env -u DATABASE_URL .venv/bin/python -m tests.benchmarks.ledger
if [ -n "${DATABASE_URL:-}" ]; then
  step "Measure the pages on PostgreSQL" "does the role of DATABASE_URL have the right to make a database?" \
    .venv/bin/python -m tests.benchmarks.pages
  step "Measure the ledger on PostgreSQL" "read the message above." .venv/bin/python -m tests.benchmarks.ledger
else
  say "Not measured on PostgreSQL: DATABASE_URL is not set"
fi
