"""The bundled parts of the front end, and the stage's document made of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

STATIC = Path(__file__).parent.parent / "static"

_DOCUMENT = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Chat</title>
<script>{script}</script>
</head>
<body></body>
</html>
"""


def bundled(name: str) -> Path:
    """Return the path of one built file.

    Raises:
        ImportError: if the front end was not built, which happens only in a source tree.
    """
    path = STATIC / name
    if not path.is_file():
        raise ImportError(
            f"owidget_jupyter's front end is not built ({name} is missing): run `make bundle`"
        )
    return path


def stage_document() -> str:
    """Return the stage's HTML: the same text, whoever serves it."""
    return _DOCUMENT.replace("{script}", bundled("stage.js").read_text("utf-8"))


def hosting_module() -> str:
    """Return the part of the front end that runs a stage."""
    return bundled("hosting.js").read_text("utf-8")


def simulator_script() -> str:
    """Return the stand-in for OOWidget.js."""
    return bundled("simulator.js").read_text("utf-8")


#: The parts that pages fetch once, on demand, each with what returns its text.
ASSETS = {"hosting": hosting_module, "stage": stage_document, "simulator": simulator_script}


def build_id() -> str:
    """Return what tells these parts from those of another build."""
    digest = hashlib.sha256()
    for name in ("hosting.js", "stage.js", "simulator.js"):
        digest.update(bundled(name).read_bytes())
    return digest.hexdigest()[:12]
