"""How much a page fetches for a number policy."""

from __future__ import annotations

import gzip

from owidget_jupyter.numbers.metadata import export
from owidget_jupyter.stage.document import number_code
from tests.bench.result import Row
from tests.bench.rig import Rig

TEN = ("CZ", "SK", "PL", "DE", "AT", "HU", "FR", "GB", "IT", "ES")
#: What a page must know, by the regions that a policy names; None: all. Each of them brings
#: those that share its calling code.
METADATA: dict[str, frozenset[str] | None] = {
    "CZ": frozenset(["CZ"]),
    f"ten regions ({' '.join(TEN)})": frozenset(TEN),
    "all of +1": frozenset(["US"]),
    "all regions": None,
}


def measure(rig: Rig) -> list[Row]:
    """Count bytes, as they are and gzipped."""
    rig.say("Bytes of number code and metadata")
    rows = [Row("bytes of number code", _bytes(number_code()))]
    for what, regions in METADATA.items():
        rows.append(Row(f"bytes of metadata: {what}", _bytes(export(regions))))
    return rows


def _bytes(text: str) -> str:
    data = text.encode()
    return f"{len(data):,}, {len(gzip.compress(data)):,} gzipped"
