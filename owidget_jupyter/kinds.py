"""Telling of what kind a value is that came as JSON."""

from __future__ import annotations


def is_a(value: object, wanted: type | tuple[type, ...]) -> bool:
    """Tell whether a value has a type; True and False are no numbers."""
    if isinstance(value, bool):
        return wanted in (bool, object)
    return isinstance(value, wanted)
