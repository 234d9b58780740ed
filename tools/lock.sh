#!/usr/bin/env bash
# Writes locks/dev.txt and js/package-lock.json from what pyproject.toml and package.json ask for.
# Versions already locked stay where they still fit; UPGRADE=1 takes the newest. lock.sh PYTHON
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$1" -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check "uv>=0.9"

if [[ -z ${UPGRADE:-} && -f locks/dev.txt ]]; then
  cp locks/dev.txt "$scratch/dev.txt"
fi
"$scratch/venv/bin/uv" pip compile pyproject.toml --quiet --all-extras --group dev \
  --universal --python-version 3.10 --generate-hashes \
  --no-header --no-annotate --output-file "$scratch/dev.txt"
mkdir -p locks
{
  echo "# Everything that development needs, for Python 3.10 and newer on every system; written by \`make lock\`."
  cat "$scratch/dev.txt"
} >"$scratch/headed.txt"
mv "$scratch/headed.txt" locks/dev.txt

# npm leaves out what it cannot reach, and would then refuse its own lock file: look before keeping it.
mkdir "$scratch/js"
cp js/package.json js/package-lock.json js/.npmrc "$scratch/js"
cd "$scratch/js"
npm "$([[ -n ${UPGRADE:-} ]] && echo update || echo install)" --package-lock-only
npm ci --dry-run >/dev/null
mv package-lock.json "$OLDPWD/js/package-lock.json"
