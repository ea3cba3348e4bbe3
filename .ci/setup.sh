#!/usr/bin/env bash
# Makes .venv and installs what is pinned. `setup.sh run` is enough for the portal; `setup.sh dev` adds what the
# tests and checks need. Does nothing when requirements are as they were the last time.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/steps.sh

kind=${1:-run}
python=${PYTHON:-python3}
files=(requirements.txt)
[ "$kind" = run ] || files+=(requirements-dev.txt)

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  fail "$python is not Python 3.11 or newer" "install one and name it: make PYTHON=python3.12 ..."

has_library() { "$python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library(sys.argv[1]))' "$1"; }

missing=()
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  missing+=("$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
has_library pango-1.0 || missing+=(libpango-1.0-0)
has_library pangoft2-1.0 || missing+=(libpangoft2-1.0-0)
has_library harfbuzz-subset || missing+=(libharfbuzz-subset0)
if [ "$kind" = dev ]; then
  command -v "${CHROMIUM:-chromium}" >/dev/null || missing+=(chromium)
  command -v xgettext >/dev/null || missing+=(gettext)
  command -v hledger >/dev/null || missing+=(hledger)
fi
[ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"

.venv/bin/python -m pip --version >/dev/null 2>&1 ||
  step "Make .venv" "remove .venv and run again." "$python" -m venv --clear .venv

stamp=.venv/installed-$kind.txt
if ! cat "${files[@]}" | cmp -s - "$stamp"; then
  step "Install ${files[*]} into .venv" "check the network; after a changed hash run 'make requirements'." \
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${files[@]/#/--requirement=}"
  cat "${files[@]}" >"$stamp"
fi
