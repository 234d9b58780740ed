"""The table of outcomes, as SECURITY.md has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from .attempt import Attempt, Outcome

ROOT = Path(__file__).parents[3]
SECURITY = ROOT / "SECURITY.md"
ARTIFACTS = ROOT / "test-artifacts" / "adversary"
ISOLATIONS = ("origin", "opaque", "none")
BEGIN = "<!-- table: begin -->"
END = "<!-- table: end -->"

Outcomes = Mapping[str, Mapping[str, Outcome]]


def rendered(attempts: Iterable[Attempt], outcomes: Outcomes) -> str:
    """Return the table in Markdown."""
    lines = [
        "| a script tries to | `origin` | `opaque` | `none` | what decides |",
        "| --- | --- | --- | --- | --- |",
    ]
    for attempt in attempts:
        words = [_word(outcomes[attempt.name][isolation]) for isolation in ISOLATIONS]
        lines.append(f"| {attempt.tries} | {' | '.join(words)} | {attempt.why} |")
    return "\n".join(lines)


def _word(outcome: Outcome) -> str:
    return "**possible**" if outcome.possible else "prevented"


def documented() -> str:
    """Return the table that SECURITY.md has."""
    _, _, rest = SECURITY.read_text(encoding="utf-8").partition(f"{BEGIN}\n")
    table, end, _ = rest.partition(f"\n{END}")
    assert end, f"SECURITY.md has no table between {BEGIN} and {END}"
    return table


def write(table: str, outcomes: Outcomes) -> Path:
    """Write the table, and beside it what the script said, and return the table's path."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    said = {
        name: {isolation: outcome.said for isolation, outcome in by.items()}
        for name, by in outcomes.items()
    }
    (ARTIFACTS / "said.json").write_text(json.dumps(said, indent=1), encoding="utf-8")
    path = ARTIFACTS / "table.md"
    path.write_text(f"{table}\n", encoding="utf-8")
    return path
