# shellcheck shell=bash
# Shared by the scripts of this folder, which source it after moving to the top of the project.

# say MESSAGE: a heading in the output.
say() { printf '\n== %s\n' "$1"; }

# fail MESSAGE MEND: stops, telling what is wrong and how to mend it.
fail() {
  printf '\nFAILED: %s\n  Mend: %s\n' "$1" "$2" >&2
  exit 1
}

# step WHAT MEND COMMAND...: says what it does and does it; when it fails, says which step and how to mend it.
step() {
  local what=$1 mend=$2
  shift 2
  say "$what"
  "$@" || fail "$what (exit code $?)" "$mend"
}

# install_packages PACKAGE...: Debian packages; installs them as root, otherwise prints the command and stops.
install_packages() {
  local needs="Install the system packages: $*"
  command -v apt-get >/dev/null || fail "$needs" "use this system's own package manager; these are Debian's names."
  [ "$(id -u)" = 0 ] || fail "$needs" "sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  step "Read the list of Debian packages" "check the network and apt's sources." apt-get update -qq
  step "$needs" "read apt's message above." install_quietly "$@"
}
install_quietly() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# djade_templates [--check]: formats every template, or only looks.
djade_templates() {
  find templates -type f \( -name '*.html' -o -name '*.svg' -o -name '*.txt' \) -print0 |
    xargs -0 -r .venv/bin/djade --target-version 5.2 "$@"
}
