#!/usr/bin/env bash
# Prints the path of a Chromium; installs one through apt when there is none.
set -euo pipefail

packages="chromium fonts-dejavu-core"

found() {
  local name
  for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
    command -v "$name" && return
  done
  return 1
}

if [[ -n ${CHROMIUM:-} ]] && ! command -v "$CHROMIUM" >/dev/null; then
  echo "CHROMIUM=$CHROMIUM is not a program." >&2
  exit 1
fi
found && exit

as_root=()
if [[ $(id -u) != 0 ]]; then
  as_root=(sudo -n)
fi
if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
  cat >&2 <<EOF
The browser tests need Chromium, and there is none; installing it needs rights this user does not have.
Install it and try again; on Debian and Ubuntu:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends $packages
Or name a Chromium or Chrome that is somewhere else: CHROMIUM=/path/to/it make test
EOF
  exit 1
fi

echo "No Chromium here; installing it with apt-get." >&2
{
  "${as_root[@]}" apt-get update
  # shellcheck disable=SC2086
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages
} >&2
found || {
  echo "apt-get brought no Chromium; install one, or name it with CHROMIUM=/path/to/it." >&2
  exit 1
}
