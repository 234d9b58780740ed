"""Judging many numbers at once: each text once, with a progress bar where it takes long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from owidget_jupyter.numbers.containers import unpacked
from owidget_jupyter.numbers.explanation import NumberExplanation, sentence
from owidget_jupyter.numbers.kinds import NumberReason
from owidget_jupyter.numbers.summary import NumberSummary

if TYPE_CHECKING:
    from owidget_jupyter.numbers.policy import NumberPolicy

Found = TypeVar("Found")

#: From so many different numbers on, about a second's worth, there is a progress bar.
LONG = 20_000
#: After so many of them, some ten times a second, the bar moves.
STEP = 2_000


def normalize_many(
    policy: NumberPolicy, numbers: Iterable[Any], progress: bool | None
) -> tuple[Any, NumberSummary]:
    """Return the normalised numbers in the container they came in, and their summary."""
    _check_progress(progress)
    texts, packed = unpacked(numbers, as_text=True)

    def summary(found: Iterable[tuple[NumberReason, str | None]]) -> NumberSummary:
        return NumberSummary.of((reason for reason, _ in found), policy)

    missing: tuple[NumberReason, str | None] = (NumberReason.EMPTY, None)
    found = _each(texts, policy._reason_and_number, missing, progress, summary)
    return packed([number for _, number in found]), summary(found)


def explain_many(policy: NumberPolicy, numbers: Iterable[Any], progress: bool | None) -> Any:
    """Return the explanations in the container that the numbers came in."""
    _check_progress(progress)
    texts, packed = unpacked(numbers, as_text=False)

    def summary(found: Iterable[NumberExplanation]) -> NumberSummary:
        return NumberSummary.of((each.reason for each in found), policy)

    missing = NumberExplanation(NumberReason.EMPTY, sentence(NumberReason.EMPTY, policy))
    return packed(_each(texts, policy._explanation, missing, progress, summary))


def _each(
    texts: list[str | None],
    judge: Callable[[str], Found],
    missing: Found,
    progress: bool | None,
    summary: Callable[[Iterable[Found]], NumberSummary],
) -> list[Found]:
    """Return what is found of each text, and `missing` for None."""
    different = dict.fromkeys(text for text in texts if text is not None)
    if not (len(different) > LONG if progress is None else progress):
        known = {text: judge(text) for text in different}
        return [missing if text is None else known[text] for text in texts]

    from tqdm.auto import tqdm  # it takes its time, and most calls are short

    known = {}
    with tqdm(total=len(different), desc="numbers", unit=" numbers") as bar:
        for done, text in enumerate(different, 1):
            known[text] = judge(text)
            if done % STEP == 0:  # for each it would cost an eighth of the time
                bar.update(STEP)
        bar.update(len(different) % STEP)
        found = [missing if text is None else known[text] for text in texts]
        bar.set_postfix_str(summary(found).listed)
    return found


def _check_progress(progress: object) -> None:
    if progress is not None and not isinstance(progress, bool):
        raise TypeError(f"progress is True, False or None, not {progress!r}")
