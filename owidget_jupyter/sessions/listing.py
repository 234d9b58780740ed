"""Showing a sequence as text in a cell's output, line by line."""

from __future__ import annotations

from collections.abc import Sequence

#: Lines that are shown of each kind; the rest is counted.
SHOWN = 20


def listing(head: str, *kinds: Sequence[str]) -> str:
    """Return a heading and below it the lines of each kind, so many at most."""
    lines = [head]
    for kind in kinds:
        lines.extend(f"  {line}" for line in kind[:SHOWN])
        if len(kind) > SHOWN:
            lines.append(f"  … and {len(kind) - SHOWN} more")
    return "\n".join(lines)
