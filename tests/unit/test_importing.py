"""What is imported when: who imports the package is not to wait for what comes later."""

from __future__ import annotations

import pytest

from .importing import loaded_after, modules_after

#: What takes its time, and what some part of the package, or another one, needs later.
HEAVY = (
    "asyncio",
    "difflib",
    "hashlib",
    "hmac",
    "matplotlib",
    "msgspec",
    "numpy",
    "pandas",
    "phonenumbers",
    "secrets",
    "ssl",
    "subprocess",
    "tornado",
    "tqdm",
)
#: Parts of the package that a chat is shown, and hears of its events, without.
LATER = (
    "diagnosis",
    "explorer",
    "numbers.desk",
    "numbers.policy",
    "recording.journal",
    "recording.replay",
    "sessions.strands",
    "simulator",
    "snippet",
    "stage.server",
)


@pytest.mark.parametrize("code", ["import owidget_jupyter", "from owidget_jupyter import OWidget"])
def test_importing_takes_nothing_that_is_needed_only_later(code):
    ours = set(HEAVY) - set(loaded_after("import anywidget", HEAVY))
    assert loaded_after(code, ours) == []
    loaded = modules_after(code)
    assert [part for part in LATER if f"owidget_jupyter.{part}" in loaded] == []


def test_what_people_import_is_there_at_once():
    loaded = modules_after("import owidget_jupyter")
    assert "owidget_jupyter.widget" in loaded
    assert modules_after("from owidget_jupyter import OWidget") == loaded


def test_a_widget_that_is_only_shown_takes_no_more_of_the_package():
    before = modules_after("from owidget_jupyter import OWidget")
    after = modules_after("from owidget_jupyter import OWidget; OWidget()")
    assert {name for name in after - before if name.startswith("owidget_jupyter")} == set()


#: A chat on a scenario that is shipped, and a page that asks for its stage.
SIMULATED = "from owidget_jupyter import OWidget; chat = OWidget.simulated(scenario='offline-form')"
SHOWN = f"{SIMULATED}; chat._repr_mimebundle_()"
WANT = {"kind": "want", "frontend": "page", "origin": "http://a", "take": False, "replaces": None}
ASKED = f"{SHOWN}; chat._exchange.on_message({WANT}); assert chat._exchange.granted"


def test_a_simulated_chat_is_shown_without_what_reads_its_scenario():
    loaded = modules_after(SHOWN) - modules_after("from owidget_jupyter import OWidget")
    assert "owidget_jupyter.simulator.simulation" in loaded
    readers = {"difflib", "msgspec", "tomli", "tomllib", "owidget_jupyter.simulator.scenario"}
    assert loaded & readers == set()


def test_a_scenario_is_read_without_what_explains_a_wrong_one():
    loaded = modules_after(ASKED) - modules_after(SHOWN)
    assert "owidget_jupyter.simulator.scenario" in loaded
    explaining = {"difflib", "importlib.resources", "owidget_jupyter.simulator.complaints"}
    assert loaded & explaining == set()


def test_completion_offers_every_public_name():
    code = (
        "import owidget_jupyter; assert set(owidget_jupyter.__all__) <= set(dir(owidget_jupyter))"
    )
    assert "owidget_jupyter.explorer" not in modules_after(code)
