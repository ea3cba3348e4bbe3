#!/usr/bin/env bash
# Formats Python and templates in place.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

bash .ci/setup.sh dev
# djade's exit code says that it changed a file, which is no failure here.
# shellcheck disable=SC2119
format_templates() { djade_templates || true; }
step "Format Python" "mend the syntax error named above." .venv/bin/python -m ruff format .
step "Format the templates" "mend the template named above." format_templates
step "Mend what ruff can mend" "mend the rest by hand." .venv/bin/python -m ruff check --fix .
