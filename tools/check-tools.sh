#!/usr/bin/env bash
# Says at once what is missing for the set-up: check-tools.sh PYTHON
set -euo pipefail

complain() {
  echo "$1" >&2
  exit 1
}

python=$1
command -v "$python" >/dev/null || complain "$python is missing: install Python 3.10 or newer, or name one with PYTHON=…"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  complain "$("$python" --version) is too old: Python 3.10 or newer is needed; name one with PYTHON=…"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
  complain "$python cannot make virtual environments: install its venv module (Debian and Ubuntu: python3-venv)."

for tool in node npm; do
  command -v "$tool" >/dev/null || complain "$tool is missing: install Node.js 20 or newer, with npm."
done
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' ||
  complain "Node.js $(node --version) is too old: 20 or newer is needed."
