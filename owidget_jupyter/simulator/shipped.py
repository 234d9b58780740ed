"""The scenarios that are shipped: their names and files, without what reads and checks them."""

from __future__ import annotations

from pathlib import Path

#: The scenario that is played where none is named.
DEFAULT = "happy"

_FILES = Path(__file__).parent / "scenarios"


def names() -> tuple[str, ...]:
    """Return their names, the default one first."""
    found = (path.stem for path in _FILES.iterdir() if path.suffix == ".toml")
    return tuple(sorted(found, key=lambda name: (name != DEFAULT, name)))


def file(name: str) -> Path:
    """Return the path of the file that has the scenario of a shipped name."""
    return _FILES / f"{name}.toml"
