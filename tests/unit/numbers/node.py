"""The page's side of number policies: the built script, run in Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence

from owidget_jupyter import NumberPolicy
from owidget_jupyter.numbers.metadata import export
from owidget_jupyter.stage.document import number_code

# Imported from a data: URL, as it may be where a page has no origin.
_RUN = """
import { readFileSync } from "node:fs";
const { code, metadata, jobs } = JSON.parse(readFileSync(0, "utf8"));
await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
const compile = globalThis[Symbol.for("owidget_jupyter.numbers")];
const answers = jobs.map(({ needs, rules, numbers }) => {
  const normalize = compile(metadata[needs], rules);
  return numbers.map((number) => normalize(number));
});
process.stdout.write(JSON.stringify(answers));
"""


def answers(jobs: Iterable[tuple[NumberPolicy, Sequence[str]]]) -> list[list[str | None]]:
    """Return what the page would answer for the numbers of each policy."""
    metadata: dict[str, str] = {}
    lines = []
    for policy, numbers in jobs:
        regions = policy._needed_regions()
        needs = "*" if regions is None else ",".join(sorted(regions))
        metadata[needs] = export(regions)
        lines.append({"needs": needs, "rules": policy._rules(), "numbers": list(numbers)})
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", _RUN],
        input=json.dumps({"code": number_code(), "metadata": metadata, "jobs": lines}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result: list[list[str | None]] = json.loads(done.stdout)
    return result
