"""A run as JSON, and its rows back from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.bench.result import Ratio, Row, Spread

#: What whole runs leave, and docs/performance.md shows.
RECORD = Path(__file__).parents[2] / "docs" / "bench.json"


def row_to_json(part: str, row: Row) -> dict[str, Any]:
    """Return a row as JSON has it."""
    ratio = row.ratio
    return {
        "part": part,
        "what": row.what,
        "ours": _figure_to_json(row.ours),
        "rival": _figure_to_json(row.rival) if row.rival else None,
        "ratio": ratio
        and {
            "name": ratio.name,
            "value": ratio.value,
            "least": ratio.least,
            "most": ratio.most,
            "verdict": ratio.verdict,
        },
    }


def row_from_json(row: dict[str, Any]) -> Row:
    """Return the row that JSON has; medians and verdict follow from the rest, as they did."""
    rival, ratio = row["rival"] or "", row["ratio"]
    if ratio:
        ratio = Ratio(*(ratio[key] for key in ("name", "value", "least", "most")))
    return Row(row["what"], _figure_from_json(row["ours"]), _figure_from_json(rival), ratio)


def rows_of(record: dict[str, Any], part: str) -> list[Row]:
    """Return the rows of a part."""
    return [row_from_json(row) for row in record["rows"] if row["part"] == part]


def read(path: Path = RECORD) -> dict[str, Any]:
    """Return a run's record."""
    record: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return record


def write(record: dict[str, Any], path: Path = RECORD) -> None:
    """Write a run's record, each row on a line of its own.

    Raises:
        ValueError: if a number in it is none.
    """
    head = json.dumps({**record, "rows": None}, indent=1, ensure_ascii=False, allow_nan=False)
    lines = [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in record["rows"]]
    rows = "[\n  " + ",\n  ".join(lines) + "\n ]"
    path.write_text(head.replace('"rows": null', f'"rows": {rows}') + "\n", "utf-8")


def _figure_to_json(figure: Spread | str) -> dict[str, Any] | str:
    if isinstance(figure, str):
        return figure
    runs = [float(f"{run:.6g}") for run in figure.runs]
    return {"median": Spread(runs).median, "unit": figure.unit, "runs": runs}


def _figure_from_json(figure: dict[str, Any] | str) -> Spread | str:
    return figure if isinstance(figure, str) else Spread(figure["runs"], figure["unit"])
