#!/usr/bin/env bash
# Renews the stored pictures of the evaluation's pages and those that the README shows. Look at them before committing.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

[ -x .venv/bin/python ] || bash .ci/setup.sh dev
mkdir -p docs
step "Draw the pages" "mend the evaluation, see the error above." \
  env RENEW_PAGES=1 .venv/bin/python -m pytest -q -p no:cacheprovider tests/clusterportal/test_report_looks.py
say "Changed pictures"
git status --short tests/clusterportal/pages docs || true
