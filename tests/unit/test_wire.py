from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from owidget_jupyter import wire
from owidget_jupyter.applying import _PAGE_STATES, SILENT
from owidget_jupyter.exchange import STATUS_CODES
from owidget_jupyter.model import Model
from owidget_jupyter.reported import STATUS_NAMES, Failure, Reported, ResolvedLanguage
from owidget_jupyter.settings import ISOLATIONS, PLACEMENTS, Settings

from .driver import Page, event, messages

JS = Path(__file__).parents[2] / "js"
SOURCE = (JS / "src" / "wire.ts").read_text("utf-8")

_EVALUATE = """
import * as esbuild from "esbuild";
const bundle = async (path) => {
  const options = { entryPoints: [path], bundle: true, format: "esm", write: false };
  const { outputFiles } = await esbuild.build(options);
  return import("data:text/javascript;base64," + btoa(unescape(encodeURIComponent(
    outputFiles[0].text))));
};
const wire = await bundle("src/wire.ts");
const texts = await bundle("src/texts/widget.ts");
const model = await bundle("src/widget/model.ts");
console.log(JSON.stringify({
  TO_KERNEL: wire.TO_KERNEL, TO_FRONT_END: wire.TO_FRONT_END, ENTRIES: wire.ENTRIES,
  states: Object.keys(texts.STATE), isolations: Object.keys(texts.ISOLATION),
  statuses: Object.fromEntries(Object.entries(texts.STATUS).map(([k, { word }]) => [k, word])),
  shown: model.SHOWN, ofConnection: wire.OF_CONNECTION,
}));
"""


@pytest.fixture(scope="module")
def ts():
    """Return the names that the TypeScript sources have at run time."""
    run = subprocess.run(
        ["node", "--input-type=module", "--eval", _EVALUATE],
        cwd=JS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def fields(table) -> dict[str, list[str]]:
    return {kind: list(names) for kind, names in table.items()}


def test_both_take_an_id_apart_alike(ts):
    assert ts["ofConnection"] == wire.OF_CONNECTION


@pytest.mark.parametrize("table", ["TO_KERNEL", "TO_FRONT_END", "ENTRIES"])
def test_both_languages_name_the_same_messages_with_the_same_fields(ts, table):
    assert ts[table] == fields(getattr(wire, table))


def union(name: str) -> set[str]:
    """Return the words of one of wire.ts's types."""
    return set(re.findall(r'"(\w+)"', re.search(rf"type {name} =([^;]*);", SOURCE)[1]))


def interface(name: str) -> list[str]:
    """Return the fields of one of wire.ts's interfaces."""
    return re.findall(
        r"^  (\w+)\??:", re.search(rf"interface {name} {{\n(.*?)\n}}", SOURCE, re.DOTALL)[1], re.M
    )


def test_both_languages_know_the_same_states(ts):
    assert union("StageState") == set(_PAGE_STATES)
    assert set(ts["states"]) == {*_PAGE_STATES, "connected", "closed"}
    assert set(ts["states"]) == set(re.findall(r"\w+", Reported.state.help))


def test_both_languages_know_the_same_isolations(ts):
    assert union("Isolation") == set(ts["isolations"]) == set(ISOLATIONS) - {"auto"}


def test_both_languages_describe_the_isolation_of_a_stage_alike():
    assert list(wire.ACTIVE) == interface("ActiveIsolation")


def test_both_languages_know_the_same_statuses(ts):
    for code in STATUS_CODES:
        assert ts["statuses"][str(code)] == STATUS_NAMES[code]
    assert set(ts["statuses"]) == {*map(str, STATUS_CODES), "unknown"}


def test_both_languages_know_the_same_failures():
    codes = set(re.findall(r'"(\w+)"', re.search(r"interface Failure {(.*?)}", SOURCE, re.S)[1]))
    assert codes == set(re.findall(r"``(\w+)``", Failure.__doc__))
    assert SILENT.code in codes
    assert interface("Failure") == list(Failure._fields)


def test_both_languages_know_the_same_language_rules():
    rules = re.search(r'kind: "language"; tag: string; rule: ([^}]*)}', SOURCE)[1]
    named = ResolvedLanguage.__doc__[ResolvedLanguage.__doc__.index("rule:") :]
    assert set(re.findall(r'"(\w+)"', rules)) == set(re.findall(r"``(\w+)``", named))


def test_a_run_has_exactly_the_fields_that_the_front_end_reads(chat):
    assert list(Page(chat).want().run()) == interface("Run")


def test_a_line_and_a_problem_have_exactly_the_fields_that_the_front_end_reads(chat, page):
    page.batch(event())
    chat.errors._note("a", "b")
    assert list(page.comm.custom("accepted")[-1]["lines"][0]) == interface("LogLine")
    assert list(page.comm.custom("problems")[-1]["problems"][0]) == interface("Problem")


def test_every_trait_that_the_front_end_reads_is_synced(ts):
    synced = set(Model.class_trait_names(sync=True))
    assert set(ts["shown"]) <= synced
    traits = (JS / "src" / "widget" / "model.ts").read_text("utf-8")
    block = re.search(r"interface Traits {\n(.*?)\n}", traits, re.DOTALL)[1]
    read = set(re.findall(r"^  (\w+):", block, re.M))
    assert read <= synced


def test_every_placement_is_one_that_the_front_end_knows():
    traits = (JS / "src" / "widget" / "model.ts").read_text("utf-8")
    known = set(re.findall(r'"(\w+)"', re.search(r"placement: (.*);", traits)[1]))
    assert known == set(PLACEMENTS)
    assert Settings.placement.default_value in known


def test_a_message_is_only_sent_with_exactly_its_fields():
    assert wire.message("connect", lease=1) == {"kind": "connect", "lease": 1}
    with pytest.raises(TypeError):
        wire.message("connect")
    with pytest.raises(TypeError):
        wire.message("connect", lease=1, more=2)


GOOD_ENTRY = {"kind": "event", "n": 1, "at": 0, "type": "t", "detail": {}}
_BATCH = {
    "kind": "batch",
    "frontend": "page-a",
    "load": "x",
    "lease": 1,
    "sent": 1.0,
    "entries": [GOOD_ENTRY],
}
MALFORMED = {
    "no object": "want",
    "null": None,
    "a list": [],
    "a number": 7,
    "no kind": {"frontend": "page-a"},
    "a kind that is no text": {"kind": ["want"]},
    "an unknown kind": {"kind": "eval", "frontend": "page-a"},
    "a kind of ours": {"kind": "grant", "frontend": "page-a", "lease": 1, "run": {}},
    "a name of Python's": {"kind": "__class__"},
    "a missing field": {"kind": "want", "frontend": "page-a"},
    "a field that is no text": {"kind": "want", "frontend": 7, "origin": "", "take": False},
    "a flag that is none": {"kind": "want", "frontend": "a", "origin": "", "take": 0},
    "a lease that is a flag": {"kind": "release", "frontend": "page-a", "lease": True},
    "a batch without an isolation": _BATCH,
    "an isolation that is no object": {**_BATCH, "active": "opaque"},
    "an isolation without a reason": {**_BATCH, "active": {"isolation": "opaque"}},
    "an isolation of another type": {**_BATCH, "active": {"isolation": 1, "why": ""}},
    "an unknown asset": {"kind": "asset", "frontend": "page-a", "names": ["../wire.py"]},
    "an asset that is no text": {"kind": "asset", "frontend": "page-a", "names": [["stage"]]},
}
MALFORMED_ENTRIES = {
    "no object": 7,
    "an unknown kind": {**GOOD_ENTRY, "kind": "exec"},
    "no number": {key: GOOD_ENTRY[key] for key in ("kind", "at", "type", "detail")},
    "no time": {key: GOOD_ENTRY[key] for key in ("kind", "n", "type", "detail")},
    "no detail": {key: GOOD_ENTRY[key] for key in ("kind", "n", "at", "type")},
    "the number zero": {**GOOD_ENTRY, "n": 0},
    "a broken number": {**GOOD_ENTRY, "n": 1.5},
    "a number that is a flag": {**GOOD_ENTRY, "n": True},
    "a time beyond the calendar": {**GOOD_ENTRY, "at": 1e300},
    "a time that is no number": {**GOOD_ENTRY, "at": float("nan")},
    "a time before the epoch": {**GOOD_ENTRY, "at": -1e15},
    "an overflow of nothing": {"kind": "overflow", "n": 1, "at": 0, "dropped": 0},
    "an overflow of less": {"kind": "overflow", "n": 1, "at": 0, "dropped": -3},
    "a status that is a flag": {"kind": "status", "n": 1, "at": 0, "code": True},
    "a result for no one": {
        "kind": "result",
        "n": 1,
        "at": 0,
        "id": "1",
        "value": 1,
        "error": None,
    },
}


@pytest.mark.parametrize("content", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_message_becomes_a_problem_and_nothing_else(chat, page, content):
    before = chat.get_state(), len(page.grants())
    page.raw(content)
    assert [problem.where for problem in chat.errors] == ["front end"]
    assert (chat.get_state(), len(page.grants())) == before


WITHOUT_A_NUMBER = {"no object", "no number", "the number zero", "a broken number"} | {
    "a number that is a flag"
}


@pytest.mark.parametrize("name", sorted(WITHOUT_A_NUMBER))
def test_an_entry_without_a_number_becomes_a_problem_and_the_batch_can_come_again(chat, page, name):
    batch = {"load": "x", "lease": page.lease, "sent": 1.0, "active": None}
    page.say("batch", **batch, entries=[MALFORMED_ENTRIES[name], {**GOOD_ENTRY, "n": 2}])
    assert [problem.where for problem in chat.errors] == ["front end"]
    assert len(chat.event_log) == 0
    page.say("batch", **batch, entries=[GOOD_ENTRY, {**GOOD_ENTRY, "n": 2}])
    assert len(chat.event_log) == 2


@pytest.mark.parametrize("name", sorted(MALFORMED_ENTRIES.keys() - WITHOUT_A_NUMBER))
def test_another_malformed_entry_becomes_a_problem_and_a_gap_that_holds_up_nothing(
    chat, page, name
):
    entries = [MALFORMED_ENTRIES[name], {**GOOD_ENTRY, "n": 2}]
    for _ in range(2):  # a page that heard nothing sends it again
        page.say("batch", load="x", lease=page.lease, sent=1.0, active=None, entries=entries)
    assert [problem.where for problem in chat.errors] == ["front end"] * 2
    assert [(entry.type, entry.detail) for entry in chat.event_log] == [
        ("overflow", {"dropped": 1}),
        (GOOD_ENTRY["type"], GOOD_ENTRY["detail"]),
    ]
    assert page.comm.custom("accepted")[-1]["upto"] == 2


def test_a_problem_of_the_wire_does_not_repeat_what_was_sent(chat, page):
    page.say(
        "batch",
        load="x",
        lease=page.lease,
        sent=1.0,
        active=None,
        entries=[{**GOOD_ENTRY, "type": 5, "detail": "s3cret"}],
    )
    assert "s3cret" not in str(messages(chat))
