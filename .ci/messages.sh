#!/usr/bin/env bash
# Collects the texts to translate into locale/da and compiles them, sorted so that the file stays stable.
# tests/test_catalogue.py runs it in a copy; PYTHON_OF_PORTAL names the Python then.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

[ -n "${PYTHON_OF_PORTAL:-}" ] || bash .ci/setup.sh dev
python=${PYTHON_OF_PORTAL:-.venv/bin/python}
catalogue=locale/da/LC_MESSAGES/django
export PORTAL_MODE=test
mkdir -p locale

step "Collect the texts" "mend the file named above." "$python" manage.py makemessages --locale da --no-location \
  --no-obsolete --no-wrap --extension py,html,txt,svg --ignore .venv --ignore static --ignore tests --ignore var --ignore staticfiles
step "Sort the catalogue" "mend $catalogue.po." \
  msgcat --sort-output --no-location --no-wrap --output-file "$catalogue.po" "$catalogue.po"
# The date of collecting changes with every run and says nothing.
sed -i '/^"POT-Creation-Date: /d' "$catalogue.po"
step "Compile the catalogue" "mend the entry named above." \
  msgfmt --check-format --output-file "$catalogue.mo" "$catalogue.po"
