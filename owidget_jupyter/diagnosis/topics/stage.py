"""The stage: the script, what policies forbid, what its document can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from owidget_jupyter.diagnosis.answers import Answer, Media, Script, StageFindings, Violation
from owidget_jupyter.diagnosis.facts import WidgetFacts
from owidget_jupyter.diagnosis.report import Finding, Grade

TOPIC = "stage"

#: Value, grade and advice.
Found = tuple[str, Grade, str]

_ABILITIES: dict[str, Found] = {
    "works": ("works", "ok", ""),
    "emulated": (
        "emulated",
        "ok",
        "Kept for this tab by the widget; frames nested in the stage have none of it.",
    ),
    "refused": (
        "refused",
        "notice",
        "A conversation may not be restored: the isolation or the browser forbids it.",
    ),
}


def about_stage(answer: Answer | None, facts: WidgetFacts) -> Iterator[Finding]:
    """Return what the stage's document said; little where it said nothing."""
    stage = answer.stage if answer else None
    if stage is None:
        yield _silent(answer)
        return
    yield _script(stage.script, facts)
    yield from _violations(stage.violations, facts)
    yield from _grouped("storage", _storage(stage))
    if stage.frames:
        yield Finding(TOPIC, "nested frames", str(stage.frames))
    if facts.allow_media:
        yield from _grouped("media", _media(answer, stage))
    else:
        yield Finding(TOPIC, "media", "off: allow_media is False")


def _silent(answer: Answer | None) -> Finding:
    if answer is None or answer.page is None or not answer.page.framed:
        return Finding(TOPIC, "document", "there is none on a page that answered")
    advice = "Its document has not started yet, or a script keeps it busy: chat.retry() renews it."
    return Finding(TOPIC, "document", "no answer", "notice", advice)


def _script(script: Script | None, facts: WidgetFacts) -> Finding:
    if script is None:
        return Finding(TOPIC, "script", "not asked for yet")
    known = [
        f"status {script.status}" if script.status else "",
        f"{script.bytes:,} bytes over the network" if script.bytes else "",
        f"after {script.ms:,} ms" if script.ms else "",
    ]
    told = ", ".join(filter(None, known))
    if script.outcome == "loaded":
        return Finding(TOPIC, "script", f"loaded, {told}" if told else "loaded")
    if script.outcome == "pending":
        advice = f"{facts.host} takes long to answer, or something on the way holds it back."
        return Finding(TOPIC, "script", "asked for, no answer yet", "notice", advice)
    advice = f"Ask the administrator to allow {facts.host}; look for a blocker or a proxy."
    return Finding(
        TOPIC, "script", f"not loaded, {told}" if told else "not loaded", "problem", advice
    )


def _violations(violations: tuple[Violation, ...], facts: WidgetFacts) -> Iterator[Finding]:
    """Yield a finding for each directive: what an administrator has to allow, or would have to."""
    by_directive: dict[tuple[str, str], list[Violation]] = defaultdict(list)
    for violation in violations:
        by_directive[violation.disposition, violation.directive].append(violation)
    if not by_directive:
        # Only a document of the stage server's comes with a policy that merely watches.
        watched = facts.active_isolation == "origin"
        value = "no violation was seen" if watched else "no violation of the page's own was seen"
        yield Finding(TOPIC, "policy", value)
    for (disposition, directive), found in sorted(by_directive.items()):
        sources = ", ".join(sorted(violation.source for violation in found))
        value = f"{directive}: {sources}"
        if disposition == "enforce":
            advice = f"It was blocked: the page's policy has to allow this in {directive}."
            yield Finding(TOPIC, "blocked by policy", value, "problem", advice)
        else:
            advice = (
                f"Nothing was blocked: a strict policy would have to allow this in {directive}."
            )
            yield Finding(TOPIC, "needed of a policy", value, "notice", advice)


def _grouped(what: str, found: Iterable[tuple[str, Found]]) -> Iterator[Finding]:
    """Yield one finding for all names that the same was found of."""
    names: dict[Found, list[str]] = defaultdict(list)
    for name, of_name in found:
        names[of_name].append(name)
    for (value, grade, advice), same in names.items():
        yield Finding(TOPIC, what, f"{', '.join(same)}: {value}", grade, advice)


def _storage(stage: StageFindings) -> Iterator[tuple[str, Found]]:
    yield "local", _ABILITIES[stage.local]
    yield "session", _ABILITIES[stage.session]
    yield "cookies", _ABILITIES[stage.cookies]


def _media(answer: Answer | None, stage: StageFindings) -> Iterator[tuple[str, Found]]:
    of_page = answer.page.media if answer and answer.page else ()
    forbidden = {media.feature for media in of_page if media.allowed is False}
    for media in stage.media:
        yield media.feature, _medium(media, media.feature in forbidden)


def _medium(media: Media, forbidden: bool) -> Found:
    if forbidden:
        advice = "The notebook page's own permissions policy forbids it: ask its administrator."
        return "not allowed to the page", "problem", advice
    if media.allowed is False:
        return "not allowed to the stage", "notice", "This isolation keeps it from the stage."
    if media.permission == "denied":
        advice = "It was refused: change it in the browser's settings of this site."
        return "permission denied", "problem", advice
    if media.allowed is None and media.permission is None:
        return "this browser does not tell", "ok", ""
    permission = f", permission {media.permission}" if media.permission else ""
    return f"allowed{permission}", "ok", ""
