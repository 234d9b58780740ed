from __future__ import annotations

import re

import pytest

from owidget_jupyter.diagnosis.examination import NOTHING_HEARD
from owidget_jupyter.diagnosis.topics.widget import _FAILURES, _STATES
from owidget_jupyter.reported import Failure, Reported

from .scene import answer, environment, facts, found, heard, medium, not_fine, report, violation


def test_where_all_is_well_there_is_no_advice():
    made = report()
    assert not_fine(made) == set()
    assert [each.advice for each in made if each.advice] == []
    assert "nothing to complain about" in str(made)


def test_whatever_is_not_fine_has_advice():
    made = report(
        facts(state="idle", company_id=None, lost=3, dropped=1, problems=(("f: ValueError", 2),)),
        heard(
            answer(
                {"session": "refused", "secure": False, "visible": False, "pending": 2},
                {"local": "refused", "script": None, "violations": [violation("wss://a.example")]},
                trips=[0.7],
                skew=-3,
            ),
            complete=False,
            main_thread=True,
        ),
        environment(obstacle="awaiting in a cell does not work in marimo; use callbacks"),
    )
    assert len(not_fine(made)) == 16
    assert [each for each in made if each.grade != "ok" and not each.advice] == []
    assert [each for each in made if "\n" in each.advice] == []


def test_every_state_and_every_failure_is_known():
    assert set(_STATES) == set(re.findall(r"\w+", Reported.state.help))
    assert set(re.findall(r"``(\w+)``", Failure.__doc__)) <= set(_FAILURES)


def test_a_failure_names_the_host_that_is_to_be_allowed():
    made = report(facts(state="failed", failure="script_unreachable", active_isolation=None))
    state = found(made, "widget", "state")
    assert (state.value, state.grade) == ("failed: script_unreachable", "problem")
    assert "allow chat.example" in state.advice


@pytest.mark.parametrize(
    ("active", "simulated", "grade"),
    [
        ("origin", False, "ok"),
        ("opaque", False, "notice"),
        ("opaque", True, "ok"),
        ("none", True, "notice"),
        (None, False, "ok"),
    ],
)
def test_what_an_isolation_costs_is_said(active, simulated, grade):
    made = report(facts(active_isolation=active, simulated=simulated))
    assert found(made, "widget", "isolation").grade == grade


@pytest.mark.parametrize(
    ("changed", "advice"),
    [
        ({"loop_ran": False}, "The kernel was busy"),
        ({"loop_ran": True}, "Display the widget"),
        ({"loop_ran": None}, "Display the widget"),
    ],
)
def test_no_answer_is_a_problem_and_a_busy_kernel_is_told_from_no_page(changed, advice):
    made = report(by=heard(seconds=5.0, complete=False, main_thread=None, **changed))
    answered = found(made, "page", "answered")
    assert (answered.value, answered.grade) == ("none within 5.0 s", "problem")
    assert answered.advice.startswith(advice)
    assert found(made, "kernel", "round trip").value == "not measured"


def test_where_no_page_can_be_asked_that_is_said():
    made = report(facts(state="closed"), NOTHING_HEARD)
    assert "no page can be reached" in found(made, "page", "answered").value


def test_the_page_that_runs_the_chat_is_the_one_that_is_told_of():
    other = answer({"lease": 0, "browser": "Firefox 140"})
    made = report(by=heard(answer(), other))
    assert found(made, "page", "answered").value == "2 pages, 2 views, the chat in the first"
    assert found(made, "page", "browser").value == "Chromium 156 on Linux"
    looking_on = report(by=heard(other))
    assert found(looking_on, "page", "answered").grade == "notice"


def test_the_kernel_knows_its_notebook_better_than_the_page():
    made = report(at=environment(host="Voilà 0.5.8", hub=True))
    assert found(made, "page", "notebook").value == "Voilà 0.5.8, on a JupyterHub"
    assert found(report(), "page", "notebook").value == "JupyterLab 4.6.6"


@pytest.mark.parametrize(
    ("trips", "grade"),
    [([0.1] * 5, "ok"), ([0.1] * 3, "notice"), ([0.6] * 5, "problem"), ([], "notice")],
)
def test_a_slow_or_broken_way_to_the_kernel_is_told(trips, grade):
    assert found(report(by=heard(answer(trips=trips))), "kernel", "round trip").grade == grade


@pytest.mark.parametrize(
    ("skew", "value", "grade"),
    [
        (0.05, "less than 0.1 s apart", "ok"),
        (1.5, "the kernel's is 1.5 s ahead of the browser's", "ok"),
        (-2.5, "the kernel's is 2.5 s behind the browser's", "problem"),
    ],
)
def test_clocks_that_are_apart_are_told(skew, value, grade):
    clocks = found(report(by=heard(answer(skew=skew))), "kernel", "clocks")
    assert (clocks.value, clocks.grade) == (value, grade)


def test_without_a_ping_the_last_batch_tells_of_the_clocks():
    made = report(facts(skew=3.0), heard())
    assert found(made, "kernel", "clocks").value.endswith("by the last batch")


def test_an_obstacle_to_awaiting_comes_with_the_callback_way():
    obstacle = "awaiting in a cell does not work under ipykernel 6.29; use callbacks instead"
    awaiting = found(report(at=environment(obstacle=obstacle)), "kernel", "awaiting")
    assert awaiting.value == "awaiting in a cell does not work under ipykernel 6.29"
    assert awaiting.advice == "Use callbacks instead."


@pytest.mark.parametrize(
    ("script", "value", "grade"),
    [
        ({"outcome": "loaded"}, "loaded, after 12 ms", "ok"),
        ({"outcome": "loaded", "ms": 0}, "loaded", "ok"),
        (
            {"outcome": "loaded", "status": 200, "bytes": 51234},
            "loaded, status 200, 51,234 bytes over the network, after 12 ms",
            "ok",
        ),
        ({"outcome": "error"}, "not loaded, after 12 ms", "problem"),
        ({"outcome": "pending"}, "asked for, no answer yet", "notice"),
    ],
)
def test_of_the_script_is_told_what_the_browser_tells_and_no_more(script, value, grade):
    whole = {"outcome": "", "status": 0, "bytes": 0, "ms": 12.3, **script}
    told = found(report(by=heard(answer(stage={"script": whole}))), "stage", "script")
    assert (told.value, told.grade) == (value, grade)


def test_violations_are_listed_by_directive_for_an_administrator():
    violations = [
        violation("wss://b.example"),
        violation("https://a.example"),
        violation("inline", directive="script-src-elem"),
        violation("https://c.example", disposition="enforce"),
    ]
    made = report(by=heard(answer(stage={"violations": violations})))
    assert [(each.what, each.value, each.grade) for each in made if "policy" in each.what] == [
        ("blocked by policy", "connect-src: https://c.example", "problem"),
        (
            "needed of a policy",
            "connect-src: https://a.example, wss://b.example",
            "notice",
        ),
        ("needed of a policy", "script-src-elem: inline", "notice"),
    ]


def test_storage_that_found_the_same_is_told_in_one():
    stage = {"local": "emulated", "session": "emulated", "cookies": "refused", "frames": 2}
    made = report(by=heard(answer(stage=stage)))
    told = [(each.value, each.grade) for each in made if each.what == "storage"]
    assert told == [("local, session: emulated", "ok"), ("cookies: refused", "notice")]
    assert found(made, "stage", "nested frames").value == "2"


@pytest.mark.parametrize(
    ("page", "stage", "value", "grade"),
    [
        (medium(), medium(), "camera: allowed, permission prompt", "ok"),
        (
            medium(allowed=False),
            medium(allowed=False),
            "camera: not allowed to the page",
            "problem",
        ),
        (medium(), medium(allowed=False), "camera: not allowed to the stage", "notice"),
        (medium(), medium(permission="denied"), "camera: permission denied", "problem"),
        (medium(None, None), medium(None, None), "camera: this browser does not tell", "ok"),
    ],
)
def test_media_that_were_asked_for_are_told_of(page, stage, value, grade):
    said = heard(answer({"media": [page]}, {"media": [stage]}))
    told = found(report(facts(allow_media=True), said), "stage", "media")
    assert (told.value, told.grade) == (value, grade)
    assert found(report(by=said), "stage", "media").value == "off: allow_media is False"


def test_a_stage_that_did_not_answer_costs_nothing_else():
    silent = answer()
    silent.stage = None
    made = report(by=heard(silent))
    assert found(made, "stage", "document").value == "no answer"
    assert found(made, "kernel", "round trip").grade == "ok"
    looking_on = answer({"framed": False})
    looking_on.stage = None
    assert found(report(by=heard(looking_on)), "stage", "document").grade == "ok"
