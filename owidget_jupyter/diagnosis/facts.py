"""What a widget itself knows, taken down at one moment: no datum of a visitor's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from owidget_jupyter.events import OVERFLOW_ENTRY, EventLog
from owidget_jupyter.problems import Problem

if TYPE_CHECKING:
    from owidget_jupyter.model import Model
    from owidget_jupyter.reported import ResolvedLanguage

#: Kinds of problems that a report lists: the last ones.
_LISTED = 5
#: Tag and rule as a stage tells them. Its document is also the vendor's script's: it could tell
#: anything else, too.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4} (argument|page|browser)")
#: A name of a function or a part. The `repr` of what has no name can quote anything.
_PLACE = re.compile(r"[\w.<>' -]{1,80}")
#: A Python exception's name, where its traceback says that it was one.
_EXCEPTION = re.compile(r"(?P<kind>[A-Za-z_]\w{0,80})(?=:|,|$)")
#: What errors of a page are called, behind what it says of where they came from; any other word
#: there could be what somebody typed.
_PAGE_ERROR = re.compile(
    r"(?:[a-z ]+: )?(?P<kind>(?:Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error"
    r"|(?:Abort|DataClone|InvalidState|Network|NotAllowed|NotFound|QuotaExceeded|Security)Error):"
)


@dataclass(frozen=True)
class WidgetFacts:
    """A widget's settings and reports, as far as they may be in a ticket.

    Attributes:
        failure: Code of the failure, or None.
        host: Of the vendor's script; ``"the simulator"`` where that stands in for it.
        isolation: The setting; `active_isolation` is what became of it.
        language: The resolved one, with its rule.
        logged: Entries that the kernel accepted, in all.
        dropped: Those of them that the bound of the log has cost.
        lost: Events that found no room in a page.
        skew: Seconds that the kernel's clock was ahead by the last batch, or None.
        problems: Place and kind of the last problems, and how often each.
    """

    state: str
    failure: str | None
    company_id: str | None
    host: str
    simulated: bool
    isolation: str
    active_isolation: str | None
    isolation_reason: str | None
    language: str | None
    allow_media: bool
    logged: int
    dropped: int
    lost: int
    skew: float | None
    problems: tuple[tuple[str, int], ...]


def facts_of(widget: Model) -> WidgetFacts:
    """Take down what a widget knows now."""
    error, language, log = widget.error, widget.resolved_language, widget.event_log
    return WidgetFacts(
        state=widget.state,
        failure=error and error.code,
        company_id=widget.company_id,
        host="the simulator" if widget._simulated else widget.host,
        simulated=widget._simulated,
        isolation=widget.isolation,
        active_isolation=widget.active_isolation,
        isolation_reason=widget.isolation_reason,
        language=language and _language(language),
        allow_media=widget.allow_media,
        logged=log.total,
        dropped=log.dropped,
        lost=_lost_in(log),
        skew=_last_skew(log),
        problems=_places_and_kinds(widget._errors),
    )


def _language(language: ResolvedLanguage) -> str | None:
    tag, rule = language
    return f"{tag} (by the {rule})" if _LANGUAGE.fullmatch(f"{tag} {rule}") else None


def _lost_in(log: EventLog) -> int:
    overflows = (entry for entry in log if entry.type == OVERFLOW_ENTRY and not entry.replay)
    return sum(entry.detail["dropped"] for entry in overflows)


def _last_skew(log: EventLog) -> float | None:
    # What the kernel concluded itself has but one time.
    brought = (entry for entry in reversed(log) if entry.at != entry.received)
    return next((entry.skew for entry in brought if not entry.replay), None)


def _places_and_kinds(problems: Iterable[Problem]) -> tuple[tuple[str, int], ...]:
    """Return where problems were and of which kind, the last first: never what they say."""
    counts = Counter(map(_place_and_kind, reversed(list(problems))))
    return tuple(counts.items())[:_LISTED]


def _place_and_kind(problem: Problem) -> str:
    place = problem.where if _PLACE.fullmatch(problem.where) else "a function without a name"
    kind = (_EXCEPTION if problem.traceback else _PAGE_ERROR).match(problem.message)
    return f"{place}: {kind['kind']}" if kind else place
