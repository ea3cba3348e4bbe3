#!/usr/bin/env bash
# Every check that needs no test: style, types, templates, migrations, production settings, requirements, scripts.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

bash .ci/setup.sh dev
python=.venv/bin/python
export PORTAL_MODE=test DATABASE_URL=sqlite://:memory:

no_addresses() { ! grep -nE '://|--(extra-)?index-url|--find-links|--trusted-host' requirements*.in requirements*.txt; }
check_scripts() { for script in .ci/*; do bash -n "$script" || return 1; done; }
check_deployment() {
  env PORTAL_MODE=production ALLOWED_HOSTS=portal.example SECRET_KEY="$("$python" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    "$python" manage.py check --deploy --fail-level WARNING
}

step "Check the requirement files: no addresses" "run 'make requirements'." no_addresses
step "Check the shell scripts" "mend the line named above." check_scripts
step "Check Python with ruff" "run 'make format', then mend what is left." "$python" -m ruff check .
step "Check Python's format" "run 'make format'." "$python" -m ruff format --check .
step "Check the templates' format" "run 'make format'." djade_templates --check
step "Check that no migration is missing" "run 'manage.py makemigrations'." "$python" manage.py makemigrations --check --dry-run
step "Check the production settings" "mend the warning named above." check_deployment
step "Check types with mypy" "mend the lines named above." "$python" -m mypy
