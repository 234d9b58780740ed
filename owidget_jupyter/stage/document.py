"""What pages fetch once, on demand: bundled parts of the front end, and what is made of them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import lru_cache
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
            f"owidget_jupyter's front end is not built ({name} is missing): run `make setup`"
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


def number_code() -> str:
    """Return the script that answers for a number policy in the stage."""
    return bundled("numbers.js").read_text("utf-8")


def diagnosis_module() -> str:
    """Return the part of the front end that answers a diagnosis."""
    return bundled("diagnosis.js").read_text("utf-8")


def card_module() -> str:
    """Return the part of the front end that asks a person for an isolation."""
    return bundled("card.js").read_text("utf-8")


def metadata_asset(regions: frozenset[str] | None) -> str:
    """Return the name under which the numbering plans of regions are asked for; None: of all.

    It names the library's release: a page keeps what it was given, and outlives the kernel.
    """
    return f"metadata:{_release()}:" + ("*" if regions is None else ",".join(sorted(regions)))


def _release() -> str:
    from owidget_jupyter.numbers.library import phonenumbers

    return phonenumbers.__version__


def asset(name: object) -> str:
    """Return the text of one of the parts that pages fetch.

    Raises:
        KeyError: if there is none of that name.
    """
    if not isinstance(name, str):
        raise KeyError(name)
    match = re.fullmatch(_METADATA, name)
    if match is None:
        return _ASSETS[name]()
    if match["release"] != _release():
        raise KeyError(name)
    from owidget_jupyter.numbers import metadata  # only now: few widgets have a policy

    regions = match["regions"]
    return metadata.export(None if regions == "*" else frozenset(regions.split(",")))


_ASSETS: dict[str, Callable[[], str]] = {
    "hosting": hosting_module,
    "stage": stage_document,
    "simulator": simulator_script,
    "numbers": number_code,
    "diagnosis": diagnosis_module,
    "card": card_module,
}
_METADATA = r"metadata:(?P<release>[^:]+):(?P<regions>\*|[A-Z0-9]{2,3}(,[A-Z0-9]{2,3})*)"


def build_id() -> str:
    """Return what tells these parts from those of another build."""
    try:
        parts = [os.stat(path) for path in _PARTS.values()]
    except FileNotFoundError:
        for name in _PARTS:
            bundled(name)  # says what to do
        raise
    return _digest(tuple((part.st_mtime_ns, part.st_size) for part in parts))


_PARTS = {
    name: str(STATIC / name)
    for name in ("hosting.js", "stage.js", "simulator.js", "numbers.js", "diagnosis.js", "card.js")
}


@lru_cache(maxsize=1)  # every model asks, and they change only while they are worked on
def _digest(written: tuple[tuple[int, int], ...]) -> str:
    """Return the digest of the parts as they are since they were written, which `written` says."""
    from hashlib import sha256

    digest = sha256()
    for name in _PARTS:
        digest.update(bundled(name).read_bytes())
    return digest.hexdigest()[:12]
