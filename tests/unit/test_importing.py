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


def test_completion_offers_every_public_name():
    code = (
        "import owidget_jupyter; assert set(owidget_jupyter.__all__) <= set(dir(owidget_jupyter))"
    )
    assert "owidget_jupyter.explorer" not in modules_after(code)
