#!/usr/bin/env bash
# Pins requirements*.in with the hashes of every platform's files. Pins stay where they are unless given --upgrade.
# The no-emit options keep this machine's package addresses out of the files.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

bash .ci/setup.sh dev
for name in requirements requirements-dev; do
  step "Pin $name.in" "check the network, and that the names in $name.in exist." \
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
    --no-emit-index-url --no-emit-find-links "$@" "$name.in" --output-file "$name.txt"
done
