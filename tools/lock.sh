#!/usr/bin/env bash
# Writes locks/*.txt and the package-lock.json files from what pyproject.toml and package.json ask for.
# Versions already locked stay where they still fit; UPGRADE=1 takes the newest. lock.sh PYTHON
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$1" -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check "uv>=0.9"

mkdir -p locks
# lock_python NAME WHAT GROUP UV-ARGUMENTS…
lock_python() {
  local file=locks/$1.txt what=$2 group=$3
  shift 3
  if [[ -z ${UPGRADE:-} && -f $file ]]; then
    cp "$file" "$scratch/lock.txt"
  fi
  "$scratch/venv/bin/uv" pip compile pyproject.toml --quiet --group "$group" "$@" \
    --universal --python-version 3.10 --generate-hashes \
    --no-header --no-annotate --output-file "$scratch/lock.txt"
  {
    echo "# $what, for Python 3.10 and newer on every system; written by \`make lock\`."
    cat "$scratch/lock.txt"
  } >"$scratch/headed.txt"
  mv "$scratch/headed.txt" "$file"
  rm "$scratch/lock.txt"
}
lock_python dev "Everything that development needs" dev --all-extras
# What both environments have is the same in both.
lock_python hosts "The notebook hosts that tests try" hosts --constraint locks/dev.txt

# npm leaves out what it cannot reach, and would then refuse its own lock file: look before keeping it.
lock_npm() (
  mkdir -p "$scratch/$1"
  cp "$1/package.json" "$1/.npmrc" "$scratch/$1"
  cp "$1/package-lock.json" "$scratch/$1" 2>/dev/null || true
  folder=$PWD/$1
  cd "$scratch/$1"
  npm "$([[ -n ${UPGRADE:-} ]] && echo update || echo install)" --package-lock-only
  npm ci --dry-run >/dev/null
  mv package-lock.json "$folder/package-lock.json"
)
lock_npm js
lock_npm tests/browser/hosts
