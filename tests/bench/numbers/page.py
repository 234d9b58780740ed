"""What one number costs a policy in the page, beside what it costs in Python."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from owidget_jupyter import NumberPolicy
from owidget_jupyter.numbers.metadata import export
from owidget_jupyter.stage.document import number_code
from tests.bench.numbers.texts import HOME, column
from tests.bench.result import Row, Spread, times_less
from tests.bench.rig import Rig

COUNT = 10_000
ROUNDS = 9

#: The first half of the texts is for the compilers to warm up with.
_RUN = """([metadata, rules, texts]) => {
  const normalize = globalThis[Symbol.for("owidget_jupyter.numbers")](metadata, rules);
  const half = texts.length / 2;
  texts.slice(0, half).map(text => normalize(text));
  const timed = texts.slice(half);
  const begin = performance.now();
  const answers = timed.map(text => normalize(text));
  return [performance.now() - begin, answers];
}"""


def measure(rig: Rig) -> list[Row]:
    """Normalise the same numbers, one call each, in Chromium and here, in turn.

    Raises:
        AssertionError: if the two do not answer the same.
    """
    rig.say(f"A policy in the page and in Python, {COUNT:,} numbers, {ROUNDS} rounds")
    policy = NumberPolicy(HOME)
    texts = column(2 * COUNT, 0)
    page, python = [], []
    for _ in range(ROUNDS):
        taken, answers = _in_page(rig, policy, texts)
        page.append(taken)
        taken, expected = _in_python(policy, texts)
        python.append(taken)
        assert answers == expected, "the page answers otherwise than Python"
    ours, rival = Spread(page, "µs"), Spread(python, "µs")
    return [
        Row("policy in the page, beside Python: a number", ours, rival, times_less(ours, rival))
    ]


def _in_page(rig: Rig, policy: NumberPolicy, texts: list[str]) -> tuple[float, list[str | None]]:
    """Return the microseconds of each call, and the answers, of a fresh page."""
    context = rig.pool.new_context()
    page = context.new_page()
    page.add_script_tag(content=number_code())
    given: list[Any] = [export(policy._needed_regions()), policy._rules(), texts]
    taken, answers = page.evaluate(_RUN, given)
    context.close()
    return 1e3 * taken / COUNT, answers


def _in_python(policy: NumberPolicy, texts: list[str]) -> tuple[float, list[str | None]]:
    """Return the same of this process."""
    for text in texts[:COUNT]:
        policy.normalize(text)
    timed = texts[COUNT:]
    begin = perf_counter()
    answers = [policy.normalize(text) for text in timed]
    return 1e6 * (perf_counter() - begin) / COUNT, answers
